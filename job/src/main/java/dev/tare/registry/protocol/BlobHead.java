package dev.tare.registry.protocol;

import dev.tare.http.HttpAnswer;
import dev.tare.oci.Digest;
import dev.tare.registry.wire.RegistryHost;

/** Asks whether a blob is there, before it is sent; fails with NOT_FOUND where it is not. */
record BlobHead(RegistryHost host, String repository, Digest digest)
    implements PushRequest, Endpoint<Boolean> {
  @Override
  public String method() {
    return "HEAD";
  }

  @Override
  public String target() {
    return "/v2/" + repository + "/blobs/" + digest;
  }

  @Override
  public String action() {
    return "look for blob " + digest + " in " + host + "/" + repository;
  }

  @Override
  public Boolean handle(HttpAnswer response) {
    return true;
  }
}
