package dev.tare.batch.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tare.batch.Sources;
import dev.tare.batch.list.ManifestFetcher;
import dev.tare.error.TareException;
import dev.tare.registry.CredentialSource;
import dev.tare.registry.RegistryOptions;
import dev.tare.registry.RegistrySources;
import dev.tare.stop.StopSignal;
import dev.tare.store.DocumentStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class BaseLookupsTest {
  /** Connections are taken, and nothing is ever said: each image would wait for a time-out. */
  @Test
  void registryThatSaysNothingIsWaitedForOnceAndNotForLong() throws Exception {
    List<Socket> connections = new CopyOnWriteArrayList<>();
    Sources sources =
        new Sources(registry ->
            RegistrySources.open(
                registry,
                RegistryOptions.defaults(),
                CredentialSource.anonymous(),
                new StopSignal()));
    try (ExecutorService threads = Executors.newFixedThreadPool(5);
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> takeConnections(silent, connections));
      String registry = "localhost:" + silent.getLocalPort();
      BaseLookups lookups =
          new BaseLookups(
              sources,
              sources,
              new ManifestFetcher(
                  new DocumentStore(
                      JdbcClient.create(new DriverManagerDataSource("jdbc:h2:mem:bases")))),
              Set.of(),
              Set.of(registry),
              Duration.ofSeconds(2));
      Instant begin = Instant.now();
      List<Future<TareException>> asked = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String name = registry + "/base:" + i;
        asked.add(
            threads.submit(() ->
                catchThrowableOfType(TareException.class, () -> lookups.currentDigest(name))));
      }

      for (Future<TareException> one : asked) {
        assertThat(one.get()).hasMessageEndingWith(registry + " does not answer within 2.0 s");
      }
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
      assertThat(connections).hasSize(1);
    }
  }

  private static void takeConnections(ServerSocket server, List<Socket> connections) {
    try {
      while (true) {
        connections.add(server.accept());
      }
    } catch (SocketException e) {
      // The test is over.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
