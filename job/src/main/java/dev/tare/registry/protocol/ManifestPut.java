package dev.tare.registry.protocol;

import dev.tare.http.HttpAnswer;
import dev.tare.oci.Reference;
import dev.tare.registry.wire.RegistryHost;
import dev.tare.registry.wire.Request;

/** Stores a manifest under its tag or digest. */
record ManifestPut(RegistryHost host, Reference image, String mediaType, byte[] content)
    implements PushRequest, Endpoint<Boolean> {
  @Override
  public String repository() {
    return image.repository();
  }

  @Override
  public String method() {
    return "PUT";
  }

  @Override
  public String target() {
    return "/v2/" + image.repository() + "/manifests/" + image.selector();
  }

  @Override
  public Request.Body body() {
    return new Request.Body(mediaType, content);
  }

  @Override
  public String action() {
    return "push " + image;
  }

  @Override
  public Boolean handle(HttpAnswer response) {
    return true;
  }
}
