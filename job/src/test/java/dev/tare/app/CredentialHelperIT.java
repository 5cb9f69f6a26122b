package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A credential helper of Docker's that hangs. */
class CredentialHelperIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path directory;

  @Test
  void stopEndsTheScanAndTheHelperThatHangs() throws Exception {
    HttpServer registry =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"r\"");
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    registry.start();
    try {
      Path bin = Files.createDirectories(directory.resolve("bin"));
      Path number = directory.resolve("helper");
      Path helper =
          Files.writeString(
              bin.resolve("docker-credential-silent"),
              "#!/bin/sh\necho $$ >'" + number + "'\nwhile :; do sleep 1; done\n");
      Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwx------"));
      Path config = Files.createDirectories(directory.resolve(".docker"));
      String host = "localhost:" + registry.getAddress().getPort();
      Files.writeString(
          config.resolve("config.json"), "{\"credHelpers\": {\"" + host + "\": \"silent\"}}");

      TareProcess scan =
          TareProcess.start(
              directory,
              "scan",
              Map.of("PATH", bin + ":" + System.getenv("PATH"), "DOCKER_CONFIG", config.toString()),
              List.of(
                  "scan",
                  host,
                  "--state",
                  directory.resolve("state").toString(),
                  "-o",
                  directory.resolve("out").toString()));
      Instant tired = Instant.now().plus(PATIENCE);
      while (!Files.exists(number) || Files.size(number) == 0) {
        assertThat(Instant.now()).as(Files.readString(scan.err())).isBefore(tired);
        Thread.sleep(50);
      }
      CommandLineRun stopped = scan.stop("TERM");

      assertThat(stopped.status()).as(stopped.err()).isEqualTo(130);
      long pid = Long.parseLong(Files.readString(number).strip());
      Optional<ProcessHandle> left = ProcessHandle.of(pid);
      if (left.isPresent()) {
        left.get().onExit().get(5, TimeUnit.SECONDS);
      }
    } finally {
      registry.stop(0);
    }
  }
}
