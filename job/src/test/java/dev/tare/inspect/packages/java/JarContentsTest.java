package dev.tare.inspect.packages.java;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import dev.tare.layer.ContentInterest.Extraction;
import dev.tare.layer.ContentReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JarContentsTest {
  private static final String POM = "META-INF/maven/org.x/lib/pom.properties";
  private static final byte[] LIB = jar(POM, pom("org.x", "lib", "2"));

  private final List<String> failures = new ArrayList<>();

  /** What each says is in the order in which the columns are read. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // path             | manifest                                                  | packages
        "opt/nopom-3.1.4.jar | Bundle-SymbolicName: org.y.z;a:=b, Bundle-Version: 3.1.4  | nopom"
            + " 3.1.4 0.7 file-name+manifest",
        "opt/z-3.1.4.jar     | Bundle-SymbolicName: org.y.z;a:=b, Bundle-Version: 3.1.4  | z 3.1.4"
            + " 0.9 manifest+file-name",
        "opt/z.jar           | Bundle-SymbolicName: org.y.z;a:=b, Bundle-Version: 3.1.4  | z 3.1.4"
            + " 0.9 manifest+file-name",
        "opt/app.jar         | Bundle-SymbolicName: org.y.z;a:=b, Bundle-Version: 3.1.4  | org.y.z"
            + " 3.1.4 0.5 manifest",
        "foo-9.jar           | Implementation-Title: foo, Implementation-Version: 9      | foo 9"
            + " 0.9 manifest+file-name",
        "foo-9-all.jar       | Implementation-Title: foo, Implementation-Version: 9      | foo 9"
            + " 0.9 manifest+file-name",
        "sdk-context-1.5.jar | Implementation-Title: context, Implementation-Version: 1.5 |"
            + " sdk-context 1.5 0.7 file-name+manifest",
        "spring-core.jar     | Automatic-Module-Name: spring.core, Implementation-Version: 7.0.8 |"
            + " spring-core 7.0.8 0.9 manifest+file-name",
        "rt.jar              | Implementation-Title: Java Runtime Environment,"
            + " Implementation-Version: 1.8.0_392 | rt 1.8.0_392 0.5 file-name+manifest",
        "log4j-core-2.14.1.jar | -                                                       |"
            + " log4j-core 2.14.1 0.5 file-name",
        "guava-33.0-jre.jar  | Bundle-SymbolicName: com.google.guava, Bundle-Version: 33.0.0.jre |"
            + " guava 33.0-jre 0.9 manifest+file-name",
        "a-1.jar             | Implementation-Title: a, Implementation-Version: 2        | a 1 0.3"
            + " file-name",
        "a-1.jar             | Implementation-Title: a, Implementation-Version: 4f0c2d1  | a 1 0.7"
            + " file-name+manifest",
        "a-1.jar             | Bundle-SymbolicName: a, Bundle-Version: 0.0.0             | a 1 0.7"
            + " file-name+manifest",
        "app.jar             | Implementation-Title: io.m#m-core;1.16                    |"
            + " io.m:m-core 1.16 0.95 manifest",
        "app.jar             | Implementation-Title: app                                 | -",
        "app.jar             | -                                                         | -",
      })
  void jarWithoutPomIsNamedByManifestAndFile(String path, String manifest, String expected) {
    byte[] jar =
        manifest == null
            ? jar("a/B.class", "x")
            : jar("META-INF/MANIFEST.MF", manifest.replace(", ", "\r\n") + "\r\n\r\nName: a/\r\n");

    assertThat(said(path, jar)).isEqualTo(expected == null ? List.of() : List.of(expected));
    assertThat(failures).hasSize(expected == null ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "log4j-1.2-api-2.14.1.jar, log4j-1.2-api, 2.14.1",
    "plexus-container-1.0-alpha-9.jar, plexus-container, 1.0-alpha-9",
    "a-1.0-20240131.120000-7.jar, a, 1.0-20240131.120000-7",
    "spark-core_2.12-3.4.0.jar, spark-core_2.12, 3.4.0",
    "org.eclipse.osgi_3.18.0.v2022.jar, org.eclipse.osgi, 3.18.0.v2022",
    "tcnative-2.0.61.Final-linux-x86_64.jar, tcnative, 2.0.61.Final",
    "jersey-2-client.jar, jersey-2-client,",
    "bcprov-jdk18on.jar, bcprov-jdk18on,",
    "9.jar, 9,",
  })
  void versionBeginsWhereTheNameOfTheFileSaysIt(String file, String artifact, String version) {
    assertThat(JarFileName.of("x-1/" + file, List.of()))
        .isEqualTo(new JarFileName(artifact, version));
  }

  @Test
  void whatAJarShadesIsInItBesideTheJarItself() {
    byte[] shaded =
        jar(
            "META-INF/MANIFEST.MF",
            "Implementation-Title: trace\nImplementation-Version: 1.55.0\n",
            "META-INF/maven/org.jctools/jctools-core/pom.properties",
            pom("org.jctools", "jctools-core", "4.0.5"));

    assertThat(names("otel-trace-1.55.0.jar", shaded))
        .containsExactly("org.jctools:jctools-core 4.0.5", "otel-trace 1.55.0");
    // One of them is the jar itself, by whatever name it was copied.
    byte[] own =
        jar(POM, pom("org.x", "lib", "2"), "META-INF/maven/g/a/pom.properties", pom("g", "a", "1"));
    assertThat(names("lib-2.jar", own)).containsExactly("org.x:lib 2", "g:a 1");
    assertThat(names("app.jar", own)).containsExactly("org.x:lib 2", "g:a 1");
  }

  @Test
  void jarsAreReadThreeDeepAndWhatIsDeeperIsSaid() {
    byte[] war = jar("WEB-INF/lib/mid.jar", jar("lib/lib.jar", LIB, "A.class", "x"));
    assertThat(names("x.ear", jar("a.war", war))).containsExactly("org.x:lib 2");
    assertThat(failures)
        .containsExactly(
            "a.war!/WEB-INF/lib/mid.jar: neither its manifest nor its name says a version of mid");

    failures.clear();
    assertThat(names("x.jar", jar("x.ear", jar("a.war", war)))).isEmpty();
    assertThat(failures)
        .contains(
            "x.ear!/a.war!/WEB-INF/lib/mid.jar!/lib/lib.jar:"
                + " deeper than the limit of 3 (jars inside jars)");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16_384})
  void piecesMayEndAnywhere(int piece) {
    byte[] jar = jar("BOOT-INF/lib/lib.jar", LIB, POM, pom("org.x", "app", "1"), "a/B.class", "x");

    assertThat(
            names(
                "app.jar",
                concat("#!/bin/sh\nPK\3\4 is no entry\n".getBytes(UTF_8), jar, new byte[300]),
                piece))
        .containsExactly("org.x:lib 2", "org.x:app 1");
    assertThat(failures).isEmpty();
  }

  /**
   * A jar of Spring Boot, whose jars are stored: 80 MB pass, a megabyte is taken for all of them.
   */
  @Test
  void jarOfAnySizeIsReadAsItStreamsBy() throws IOException {
    Extraction extraction = extraction("app.jar", 80 << 20);
    assertThat(extraction.maximumBytes()).isGreaterThan(80 << 20);
    assertThat(extraction.memoryBytes(80 << 20)).isEqualTo(1 << 20);
    ContentReader reader = extraction.reader(80 << 20);
    try (ZipOutputStream zip = new ZipOutputStream(into(reader))) {
      byte[] noise = new byte[8 << 20];
      for (int i = 0; i < 10; i++) {
        store(zip, "BOOT-INF/classes/" + i + ".bin", noise);
      }
      store(zip, "BOOT-INF/lib/lib.jar", LIB);
    }

    assertThat(PackageText.packages(reader.kept(), (item, file) -> {}, failures::add))
        .extracting(PackageRecord::name)
        .containsExactly("org.x:lib");
    assertThat(failures).isEmpty();
  }

  @Test
  void entryThatTheDirectoryDoesNotListIsNone() {
    byte[] replaced = jar(POM, pom("org.x", "lib", "1"));
    int directory =
        new String(replaced, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    byte[] other = jar("META-INF/maven/g/a/pom.properties", pom("g", "a", "1"));

    assertThat(names("a.jar", concat(Arrays.copyOf(replaced, directory), other)))
        .containsExactly("g:a 1");
    // The other way round: listed, and not there.
    assertThat(names("a.jar", Arrays.copyOfRange(replaced, directory, replaced.length))).isEmpty();
    assertThat(failures).first().asString().isEqualTo(POM + ": listed, but not there");
  }

  /** As other programs have it, which look for the directory from the end of the file. */
  @Test
  void lastDirectoryCounts() {
    byte[] own = jar(POM, pom("org.x", "lib", "2"));
    byte[] nothing = jar();
    byte[] other = jar("META-INF/maven/g/a/pom.properties", pom("g", "a", "1"), "a/B.class", "x");

    for (byte[] before : List.of(nothing, other, "PK\5\6".getBytes(UTF_8))) {
      assertThat(names("a.jar", concat(before, own))).containsExactly("org.x:lib 2");
      assertThat(failures).isEmpty();
    }
    assertThat(names("a-1.jar", concat(own, Arrays.copyOf(other, 40)))).isEmpty();
    assertThat(failures).containsExactly("no jar: it ends without a directory");
  }

  /**
   * An archive that is no jar by its name, so deflated that its own entries lie there as they are.
   */
  @Test
  void entriesOfWhatIsSkippedAreNotThoseOfTheJar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      zip.putNextEntry(new ZipEntry("data.zip"));
      zip.write(LIB);
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry("META-INF/maven/g/a/pom.properties"));
      zip.write(pom("g", "a", "1").getBytes(UTF_8));
    }

    for (int piece : new int[] {1, 13, 16_384}) {
      assertThat(names("a.jar", bytes.toByteArray(), piece)).containsExactly("g:a 1");
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void pomWithoutVersionIsSaid() {
    assertThat(names("a.jar", jar(POM, pom("org.x", "lib", "${revision}")))).isEmpty();
    assertThat(failures).contains(POM + ": no groupId, artifactId and version");
  }

  @Test
  void whatIsCutOffOrNoJarIsSaid() {
    for (int length = 1; length < LIB.length - 22; length += 11) {
      failures.clear();
      assertThat(names("lib-2.jar", Arrays.copyOf(LIB, length))).isEmpty();
      assertThat(failures).containsExactly("no jar: it ends without a directory");
    }
  }

  /** 300 MB of zeros in 1.3 MB. */
  @Test
  void jarThatExpandsWithoutEndIsGivenUp() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.BEST_SPEED);
      zip.putNextEntry(new ZipEntry("a.jar"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 300; i++) {
        zip.write(zeros);
      }
    }

    assertThat(names("lib-2.jar", bytes.toByteArray(), 16_384)).isEmpty();
    assertThat(failures).singleElement().asString().startsWith("over the limit of ");
  }

  /** Two thousand buffers of 16 kB would be 32 MB. */
  @Test
  void jarsInsideAJarTakeNoMemoryOnceTheyHavePassedBy() {
    byte[] lib = jar(POM, pom("org.x", "lib", "2"), "note.txt", "x");
    Object[] inside = new Object[2 * 2_000];
    for (int i = 0; i < inside.length; i += 2) {
      inside[i] = "lib/" + i + ".jar";
      inside[i + 1] = lib;
    }
    byte[] jar = jar(inside);
    ContentReader reader = extraction("app.jar", jar.length).reader(jar.length);
    long before = usedBytes();
    reader.read(jar, 0, jar.length);
    long held = usedBytes() - before;

    assertThat(PackageText.packages(reader.kept(), (item, file) -> {}, failures::add))
        .hasSize(2_000);
    assertThat(held).isLessThan(8 << 20);
  }

  /** What other tests have left behind goes with one collection or another. */
  private static long usedBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /** A layer of 76 kB has two thousand of these, with 30 GB in them. */
  @Test
  void smallJarMayNotHoldMuch() {
    byte[] bomb = jar("a.jar", new byte[1 << 20]);

    assertThat(names("lib-2.jar", bomb)).isEmpty();
    assertThat(failures).singleElement().asString().startsWith("over the limit of ");
    failures.clear();
    assertThat(names("lib.jar", jar(POM, pom("org.x", "lib", "2") + "\n#".repeat(25_000))))
        .containsExactly("org.x:lib 2");
  }

  private List<String> names(String path, byte[] jar) {
    return names(path, jar, jar.length);
  }

  private List<String> names(String path, byte[] jar, int piece) {
    return records(path, jar, piece).stream().map(r -> r.name() + " " + r.version()).toList();
  }

  private List<String> said(String path, byte[] jar) {
    return records(path, jar, jar.length).stream()
        .map(r ->
            String.join(
                " ",
                r.name(),
                r.version(),
                Double.toString(r.confidence()),
                String.join("+", r.evidence().stream().map(e -> e.word()).toList())))
        .toList();
  }

  private List<PackageRecord> records(String path, byte[] jar, int piece) {
    ContentReader reader = extraction(path, jar.length).reader(jar.length);
    for (int at = 0; at < jar.length; at += piece) {
      reader.read(jar, at, Math.min(piece, jar.length - at));
    }
    return PackageText.packages(reader.kept(), (item, file) -> {}, failures::add);
  }

  private static Extraction extraction(String path, long bytes) {
    return Objects.requireNonNull(new JavaReader().wants(LayerFile.of(path, bytes, 0644)));
  }

  private static OutputStream into(ContentReader reader) {
    return new OutputStream() {
      @Override
      public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        reader.read(bytes, offset, length);
      }
    };
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
  }

  private static String pom(String group, String artifact, String version) {
    return "#Generated\nversion=" + version + "\ngroupId=" + group + "\nartifactId=" + artifact;
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  /** Names, each with a content: text or bytes. */
  private static byte[] jar(Object... namesAndContents) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
        Object content = namesAndContents[i + 1];
        zip.write(content instanceof byte[] raw ? raw : ((String) content).getBytes(UTF_8));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }
}
