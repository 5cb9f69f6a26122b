package dev.tare.kubernetes;

import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An API server that answers with lists recorded from a real one. */
public final class ClusterFixture implements AutoCloseable {
  private static final Logger NOISE = Logger.getLogger("io.fabric8.mockwebserver");

  private final KubernetesMockServer server = new KubernetesMockServer(false);

  /** Listens on a free loopback port. */
  public ClusterFixture() {
    NOISE.setLevel(Level.WARNING);
    server.init();
  }

  KubernetesMockServer server() {
    return server;
  }

  /** A list of the test resources. */
  public static String list(String name) {
    try (InputStream in = ClusterFixture.class.getResourceAsStream("/kubernetes/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException(name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers every request for this path and query. */
  public ClusterFixture answer(String path, int status, String body) {
    server.expect().get().withPath(path).andReturn(status, body).always();
    return this;
  }

  /** Takes what is applied for this path, by whomever. */
  public ClusterFixture take(String path) {
    server
        .expect()
        .patch()
        .withPath(path + "?fieldManager=tare&force=true")
        .andReturn(200, "{}")
        .always();
    return this;
  }

  /** Answers with a failure as the API words it. */
  public ClusterFixture refuse(String path, int status, String message) {
    return answer(
        path,
        status,
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\""
            + message
            + "\",\"code\":"
            + status
            + "}");
  }

  /** Writes a kubeconfig whose only, current context has this name. */
  public Path kubeconfig(Path directory, String context) throws IOException {
    return Files.writeString(
        directory.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: %1$s
        contexts: [{name: %1$s, context: {cluster: test, user: test, namespace: elsewhere}}]
        clusters: [{name: test, cluster: {server: "http://localhost:%2$d"}}]
        users: [{name: test, user: {token: secret-token}}]
        """
            .formatted(context, server.getPort()));
  }

  @Override
  public void close() {
    server.destroy();
  }
}
