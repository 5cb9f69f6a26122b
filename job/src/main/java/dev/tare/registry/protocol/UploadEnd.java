package dev.tare.registry.protocol;

import dev.tare.http.HttpAnswer;
import dev.tare.oci.Digest;
import dev.tare.registry.wire.RegistryHost;
import dev.tare.registry.wire.Request;

/**
 * Sends a blob to where the registry said.
 *
 * @param location an address, or a path with a query
 */
record UploadEnd(
    RegistryHost host, String repository, String location, Digest digest, byte[] content)
    implements PushRequest, Endpoint<Boolean> {
  @Override
  public String method() {
    return "PUT";
  }

  @Override
  public String target() {
    return location + (location.contains("?") ? "&" : "?") + "digest=" + digest;
  }

  @Override
  public Request.Body body() {
    return new Request.Body("application/octet-stream", content);
  }

  @Override
  public String action() {
    return "push blob " + digest + " to " + host + "/" + repository;
  }

  @Override
  public Boolean handle(HttpAnswer response) {
    return true;
  }
}
