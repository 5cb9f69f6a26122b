package dev.tare.registry.protocol;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.Reference;
import dev.tare.registry.ArtifactSink;
import dev.tare.registry.wire.RegistryHost;

/** A registry that speaks the distribution protocol, written to. */
public final class RegistryArtifactSink implements ArtifactSink {
  private final RegistryHost host;
  private final RegistryCaller caller;

  public RegistryArtifactSink(RegistryHost host, RegistryCaller caller) {
    this.host = host;
    this.caller = caller;
  }

  @Override
  public Descriptor blob(String repository, String mediaType, byte[] content) {
    Digest digest = Digest.sha256(content);
    Reference.byDigest(host.name(), repository, digest); // Becomes part of an address.
    if (!isThere(new BlobHead(host, repository, digest))) {
      String location = caller.call(new UploadStart(host, repository));
      caller.call(new UploadEnd(host, repository, location, digest, content));
    }
    return new Descriptor(mediaType, digest, content.length);
  }

  private boolean isThere(BlobHead question) {
    try {
      return caller.call(question);
    } catch (TareException e) {
      if (e.kind() == FailureKind.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public Digest manifest(Reference reference, String mediaType, byte[] content) {
    caller.call(new ManifestPut(host, reference, mediaType, content));
    return Digest.sha256(content);
  }

  @Override
  public void close() {
    caller.close();
  }
}
