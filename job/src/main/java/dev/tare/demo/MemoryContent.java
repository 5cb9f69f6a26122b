package dev.tare.demo;

import dev.tare.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Content in memory, gone with the process. */
final class MemoryContent implements RegistryContent {
  private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();

  @Override
  public long size(Digest digest) {
    byte[] blob = blobs.get(digest);
    return blob == null ? -1 : blob.length;
  }

  @Override
  public InputStream open(Digest digest) throws IOException {
    byte[] blob = blobs.get(digest);
    if (blob == null) {
      throw new FileNotFoundException(digest.toString());
    }
    return new ByteArrayInputStream(blob);
  }

  @Override
  public void put(Digest digest, byte[] content) {
    blobs.put(digest, content);
  }

  @Override
  public void remove(Digest digest) {
    blobs.remove(digest);
  }
}
