package dev.tare.registry;

import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.Reference;

/** Where artifacts are stored: a registry that may be written to. */
public interface ArtifactSink extends AutoCloseable {
  /**
   * Stores content in a repository, unless it is there.
   *
   * @param mediaType what manifests say that it is
   * @throws dev.tare.error.TareException where the registry cannot be reached, or refuses
   */
  Descriptor blob(String repository, String mediaType, byte[] content);

  /**
   * Stores a manifest, all of whose blobs are there, under its tag or digest; what had the tag
   * before loses it.
   *
   * @return its digest
   */
  Digest manifest(Reference reference, String mediaType, byte[] content);

  @Override
  void close();
}
