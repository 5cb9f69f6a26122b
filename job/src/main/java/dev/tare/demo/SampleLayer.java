package dev.tare.demo;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** One layer on top of a base image, as jib builds it from files. */
final class SampleLayer {
  private static final Instant MODIFIED = Instant.parse("2024-06-10T06:13:20Z");

  private final Path files;
  private final FileEntriesLayer.Builder layer;

  /**
   * An empty layer.
   *
   * @param files a directory for what jib reads; somebody else deletes it
   * @param step what stands in the image's history
   */
  SampleLayer(Path files, String step) {
    this.files = files;
    this.layer = FileEntriesLayer.builder().setName(step);
  }

  SampleLayer program(String path, int sizeBytes) throws IOException {
    return file(path, "755", ElfStub.of(path, sizeBytes));
  }

  SampleLayer file(String path, String text) throws IOException {
    return file(path, "644", text.getBytes(StandardCharsets.UTF_8));
  }

  SampleLayer file(String path, String mode, byte[] content) throws IOException {
    Path source = Files.createTempFile(files, "entry", "");
    Files.write(source, content);
    layer.addEntry(
        source, AbsoluteUnixPath.get(path), FilePermissions.fromOctalString(mode), MODIFIED);
    return this;
  }

  /**
   * Deletes a path of the layers below.
   *
   * @see <a
   *     href="https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts">Whiteouts</a>
   */
  SampleLayer delete(String path) throws IOException {
    int name = path.lastIndexOf('/') + 1;
    return file(path.substring(0, name) + ".wh." + path.substring(name), "644", new byte[0]);
  }

  FileEntriesLayer build() {
    return layer.build();
  }
}
