package dev.tare.registry.protocol;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpAnswer;
import dev.tare.registry.wire.RegistryHost;
import dev.tare.registry.wire.Request;

/**
 * Begins to send a blob; the answer says where to.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#post-then-put">POST
 *     then PUT</a>
 */
record UploadStart(RegistryHost host, String repository) implements PushRequest, Endpoint<String> {
  @Override
  public String method() {
    return "POST";
  }

  @Override
  public String target() {
    return "/v2/" + repository + "/blobs/uploads/";
  }

  @Override
  public Request.Body body() {
    return new Request.Body("application/octet-stream", new byte[0]);
  }

  @Override
  public String action() {
    return "push to " + host + "/" + repository;
  }

  @Override
  public String handle(HttpAnswer response) {
    String location = response.header("Location");
    if (location == null || location.isBlank()) {
      throw new TareException(
          FailureKind.BAD_CONTENT, action() + ": the answer does not say where to");
    }
    return location;
  }
}
