package dev.tare.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.oci.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Pushes blobs and manifests as they are written in a test, which no tool would. */
public final class RawPush implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String host;

  /** To this registry, by plain HTTP. */
  public RawPush(String host) {
    this.host = host;
  }

  /** The digest of this text. */
  public static String sha256(String text) {
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Pushes a blob and returns its digest. */
  public String blob(String repository, String content) throws IOException, InterruptedException {
    HttpResponse<Void> begun =
        http.send(
            HttpRequest.newBuilder(address(repository + "/blobs/uploads/"))
                .POST(BodyPublishers.noBody())
                .build(),
            BodyHandlers.discarding());
    URI location =
        address(repository + "/").resolve(begun.headers().firstValue("Location").orElseThrow());
    String query = (location.getRawQuery() == null ? "?" : "&") + "digest=" + sha256(content);
    sent(
        HttpRequest.newBuilder(URI.create(location + query))
            .PUT(BodyPublishers.ofString(content))
            .build());
    return sha256(content);
  }

  /** Pushes a manifest and returns its digest. */
  public String manifest(String repository, String selector, String mediaType, String content)
      throws IOException, InterruptedException {
    sent(
        HttpRequest.newBuilder(address(repository + "/manifests/" + selector))
            .header("Content-Type", mediaType)
            .PUT(BodyPublishers.ofString(content))
            .build());
    return sha256(content);
  }

  /** The same by its digest. */
  public String manifest(String repository, String mediaType, String content)
      throws IOException, InterruptedException {
    return manifest(repository, sha256(content), mediaType, content);
  }

  private URI address(String path) {
    return URI.create("http://" + host + "/v2/" + path);
  }

  private void sent(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> done = http.send(request, BodyHandlers.ofString());
    assertThat(done.statusCode()).as(done.body()).isEqualTo(201);
  }

  @Override
  public void close() {
    http.close();
  }
}
