package dev.tare.demo;

import dev.tare.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Content as files, one a digest, so that large images do not fill the memory. */
final class DirectoryContent implements RegistryContent {
  private final Path directory;

  DirectoryContent(Path directory) {
    this.directory = directory;
  }

  @Override
  public long size(Digest digest) throws IOException {
    Path file = file(digest);
    return Files.exists(file) ? Files.size(file) : -1;
  }

  @Override
  public InputStream open(Digest digest) throws IOException {
    return Files.newInputStream(file(digest));
  }

  @Override
  public void put(Digest digest, byte[] content) throws IOException {
    Path whole = Files.createTempFile(directory, "upload", ".part");
    Files.write(whole, content);
    Files.move(whole, file(digest), StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void remove(Digest digest) throws IOException {
    Files.deleteIfExists(file(digest));
  }

  private Path file(Digest digest) {
    return directory.resolve(digest.algorithm() + "-" + digest.hex());
  }
}
