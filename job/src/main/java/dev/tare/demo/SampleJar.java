package dev.tare.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A jar that says what it is, as Maven builds it. */
final class SampleJar {
  private static final String GROUP = "com.example";
  private static final LocalDateTime MODIFIED = LocalDateTime.of(2024, 6, 10, 6, 13, 20);

  private SampleJar() {}

  static byte[] of(String artifact, String version) throws IOException {
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(jar)) {
      add(zip, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n");
      add(
          zip,
          "META-INF/maven/" + GROUP + "/" + artifact + "/pom.properties",
          "groupId=" + GROUP + "\nartifactId=" + artifact + "\nversion=" + version + "\n");
    }
    return jar.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, String text) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(MODIFIED);
    zip.putNextEntry(entry);
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
