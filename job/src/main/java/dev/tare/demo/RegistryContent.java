package dev.tare.demo;

import dev.tare.oci.Digest;
import java.io.IOException;
import java.io.InputStream;

/** Holds the bytes of a loopback registry, named by their digest. Safe for concurrent use. */
interface RegistryContent {
  /** The size in bytes, -1 where it is not there. */
  long size(Digest digest) throws IOException;

  /** The content; throws IOException where it is not there. The caller closes it. */
  InputStream open(Digest digest) throws IOException;

  /** Keeps content that has this digest. */
  void put(Digest digest, byte[] content) throws IOException;

  /** Forgets content. */
  void remove(Digest digest) throws IOException;
}
