package dev.tare.inspect.packages.java;

import dev.tare.inspect.content.Suffixes;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * The Maven artifacts of a jar, by its {@code META-INF/maven/GROUP/ARTIFACT/pom.properties}, and
 * those of the jars inside it. A jar without such a file says nothing for certain and is left out.
 *
 * @see <a href="https://maven.apache.org/shared/maven-archiver/#pom-properties-content">Maven
 *     archiver</a>
 */
final class JarPackages {
  private static final String PREFIX = "META-INF/maven/";
  private static final String SUFFIX = "/pom.properties";
  private static final Suffixes JARS = Suffixes.of(".jar", ".war", ".ear", ".hpi");

  /** Of a jar, and of one inside it, which is held beside it. */
  public static final int LARGEST = 32 << 20;

  private static final int LARGEST_PROPERTIES = 64 << 10;

  /** {@code war} in {@code ear}, {@code jar} in {@code war}. */
  private static final int DEEPEST = 3;

  /** Of one outer jar, in all the jars inside. */
  private static final int MOST_ENTRIES = 200_000;

  private static final long MOST_NESTED_BYTES = 256L << 20;

  private final PackageText text = new PackageText();
  private int entries;
  private long nestedBytes;

  private JarPackages() {}

  static boolean isJar(String path) {
    return JARS.fit(path.toLowerCase(Locale.ROOT));
  }

  /** Reduces a jar to {@link PackageText}. */
  public static byte[] reduce(byte[] content) {
    JarPackages packages = new JarPackages();
    packages.read(content, "", 0);
    return packages.text.toBytes();
  }

  private void read(byte[] content, String where, int depth) {
    try (ZipFile zip =
        ZipFile.builder()
            .setSeekableByteChannel(new SeekableInMemoryByteChannel(content))
            .setIgnoreLocalFileHeader(true)
            .get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        if (++entries > MOST_ENTRIES) {
          text.addFailure("more entries than the limit of " + MOST_ENTRIES + " (entries)");
          return;
        }
        String name = entry.getName();
        if (name.startsWith(PREFIX) && name.endsWith(SUFFIX)) {
          readProperties(zip, entry, where);
        } else if (isJar(name)) {
          readNested(zip, entry, where, depth);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      // commons-compress says both of zip files that are none.
      text.addFailure((where.isEmpty() ? "" : where + ": ") + "no jar: " + e.getMessage());
    }
  }

  private void readProperties(ZipFile zip, ZipArchiveEntry entry, String where) throws IOException {
    byte[] content = content(zip, entry, LARGEST_PROPERTIES);
    if (content == null) {
      text.addFailure(
          (where.isEmpty() ? "" : where + "!/")
              + entry.getName()
              + ": over the limit of "
              + LARGEST_PROPERTIES
              + " bytes (properties of a jar)");
      return;
    }
    Properties properties = new Properties();
    properties.load(new ByteArrayInputStream(content));
    String group = properties.getProperty("groupId");
    String artifact = properties.getProperty("artifactId");
    String version = properties.getProperty("version");
    if (group != null && artifact != null && version != null && !version.isBlank()) {
      text.add(
          new PackageRecord(
              "maven", group.strip() + ":" + artifact.strip(), version.strip(), null, null, null));
    }
  }

  private void readNested(ZipFile zip, ZipArchiveEntry entry, String where, int depth)
      throws IOException {
    String name = where.isEmpty() ? entry.getName() : where + "!/" + entry.getName();
    if (depth + 1 >= DEEPEST) {
      text.addFailure(name + ": deeper than the limit of " + DEEPEST + " (jars)");
      return;
    }
    byte[] content = content(zip, entry, LARGEST);
    if (content != null) {
      nestedBytes += content.length;
    }
    if (content == null || nestedBytes > MOST_NESTED_BYTES) {
      text.addFailure(
          name
              + ": over the limit of "
              + LARGEST
              + " bytes, or with others over "
              + MOST_NESTED_BYTES
              + " (jars inside a jar)");
    } else {
      read(content, name, depth + 1);
    }
  }

  /** Null where it has more bytes than the limit. */
  private static byte @Nullable [] content(ZipFile zip, ZipArchiveEntry entry, int limit)
      throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] content = in.readNBytes(limit + 1);
      return content.length > limit ? null : content;
    }
  }
}
