package dev.tare.demo;

import dev.tare.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bytes of a loopback registry, named by their digest; in memory, gone with the process. Safe
 * for concurrent use.
 */
final class RegistryContent {
  private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();

  /** The size in bytes, -1 where it is not there. */
  long size(Digest digest) {
    byte[] blob = blobs.get(digest);
    return blob == null ? -1 : blob.length;
  }

  /** The content; throws IOException where it is not there. */
  InputStream open(Digest digest) throws IOException {
    byte[] blob = blobs.get(digest);
    if (blob == null) {
      throw new FileNotFoundException(digest.toString());
    }
    return new ByteArrayInputStream(blob);
  }

  /** Keeps content that has this digest. */
  void put(Digest digest, byte[] content) {
    blobs.put(digest, content);
  }
}
