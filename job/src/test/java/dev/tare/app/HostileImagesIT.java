package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.ImageLayout;
import dev.tare.testing.LayerTar;
import dev.tare.testing.LayerTar.Blob;
import dev.tare.testing.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Images that somebody made to do harm, all in one scan by a process that has the memory which
 * {@code ./tare} gives it: each ends as facts with gaps or with a reason, and the image beside them
 * is described as ever.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileImagesIT {
  private static final Map<String, String> MEMORY_OF_THE_LAUNCHER =
      Map.of(
          "JDK_JAVA_OPTIONS",
          "-Xmx192m -XX:MaxDirectMemorySize=48m -XX:MaxMetaspaceSize=128m -XX:+UseSerialGC");
  private static final int INCOMPLETE = 3;
  private static final byte[] ELF = "\177ELF\2\1\1".getBytes(StandardCharsets.ISO_8859_1);
  private static final String SHELL = "#!/bin/sh\n";

  private final Map<String, JsonNode> facts = new TreeMap<>();
  private final Map<String, String> reasons = new TreeMap<>();

  @BeforeAll
  void scan(@TempDir Path directory) throws Exception {
    ImageLayout layout = ImageLayout.in(directory.resolve("hostile"));
    layout.image("honest", LayerTar.of().executable("usr/bin/curl", ELF).gzip());
    layout.image("bomb", zeros());
    layout.image("bomb-jar", LayerTar.of().file("app/a.jar", nestedJars()).gzip());
    layout.image("whiteouts", whiteouts(1_000_000));
    layout.image("links", links());
    layout.image("names", names());
    layout.image("packages", packages());
    layout.image(
        "packages-too-many", LayerTar.of().file("lib/apk/db/installed", new byte[17 << 20]).gzip());
    document(layout, "history", ",\"history\":[{}" + ",{}".repeat(100_000) + "]");
    document(layout, "nested", ",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000));
    document(layout, "number", ",\"x\":" + "1".repeat(100_000));
    manifest(layout, "size", "\"size\":", "\"size\":1e999999999,\"was\":");
    manifest(layout, "longer-size", "\"size\":", "\"size\":99999999999999999999");
    manifest(layout, "traversal", "sha256:", "sha256:../../../../etc/passwd");
    scan(directory, "oci:" + layout.write());
  }

  private void scan(Path directory, String... targets) throws IOException, InterruptedException {
    Path output = directory.resolve("out");
    List<String> arguments = new ArrayList<>(List.of("scan"));
    arguments.addAll(List.of(targets));
    for (String bad : List.of("busybox-corrupted", "busybox-opq-size-mismatch")) {
      if (TestImages.areThere()) {
        arguments.add("oci:" + TestImages.path("bad/" + bad));
      }
    }
    arguments.addAll(
        List.of("--state", directory.resolve("state").toString(), "-o", output.toString()));
    arguments.addAll(List.of("--format", "json", "--fail-on", "never", "--no-progress"));
    CommandLineRun run =
        TareProcess.start(directory, "scan", MEMORY_OF_THE_LAUNCHER, arguments).end();
    assertThat(run.status()).as(run.err()).isEqualTo(INCOMPLETE);
    assertThat(run.err()).doesNotContain("\tat ").doesNotContain("defect in Tare");
    WrittenReport report = WrittenReport.in(output);
    for (JsonNode image : report.images()) {
      facts.put(image.path("tags").path(0).stringValue(), image.path("facts"));
    }
    for (JsonNode image : report.notInspected()) {
      String reference = image.path("reference").stringValue();
      reasons.put(
          reference.substring(reference.lastIndexOf(':') + 1), image.path("reason").stringValue());
    }
  }

  @Test
  void imageBesideThemIsDescribed() {
    assertThat(facts("honest").path("tools").path(0).path("path").stringValue())
        .isEqualTo("/usr/bin/curl");
  }

  @Test
  void bombsNameTheLimitTheyExceed() {
    assertThat(reasons.get("bomb")).contains("tare.limits.maximum-expansion");
    assertThat(gaps("bomb-jar", "packages.items")).contains("bytes (content of a jar)");
  }

  @Test
  void whiteoutsOfNothingHideNothing() {
    JsonNode image = facts("whiteouts");
    assertThat(image.path("size").path("files").longValue()).isZero();
    assertThat(image.path("size").path("wasted").longValue()).isZero();
  }

  @Test
  void linksThatTurnInACircleLeadNowhere() {
    assertThat(facts("links").path("tools").valueStream())
        .allSatisfy(
            tool -> assertThat(tool.path("path").stringValue()).isIn("/opt/curl", "/usr/bin/wget"));
  }

  @Test
  void namesStayInsideTheImage() {
    JsonNode image = facts("names");
    assertThat(image.path("accounts").path("users")).isEmpty();
    assertThat(gaps("names", "tools")).contains("leads upwards");
    assertThat(image.path("privileged").valueStream().map(file -> file.path("path").stringValue()))
        .containsExactlyInAnyOrder(
            "/usr/bin/new\nline", "/usr/bin/\\xff\\xfe", "/usr/bin/\u001b[31m", "/usr/bin/</td>");
  }

  @Test
  void packagesAreCountedUpToTheLimitAndTheLimitIsNamed() {
    assertThat(gaps("packages", "packages")).contains("limit of 20000 (packages)");
    assertThat(gaps("packages-too-many", "packages")).contains("limit 16,777,216");
  }

  @Test
  void documentsThatNobodyWritesAreRefused() {
    assertThat(reasons.get("history")).contains("history: 100001 entries, limit 5000");
    assertThat(reasons.get("nested")).contains("nesting depth");
    assertThat(reasons.get("number")).contains("Number value length");
    assertThat(reasons.get("size")).contains("size of zero or more");
    assertThat(reasons.get("longer-size")).contains("size of zero or more");
    assertThat(reasons.get("traversal")).contains("sha256:../../../../etc/passwd");
  }

  @Test
  void brokenRealImagesHaveReasons() {
    TestImages.path("bad/busybox-corrupted");
    assertThat(reasons.values())
        .anySatisfy(reason -> assertThat(reason).contains("digest"))
        .anySatisfy(reason -> assertThat(reason).contains("descriptor says"));
  }

  private JsonNode facts(String image) {
    return Objects.requireNonNull(
        facts.get(image), () -> image + " has no facts: " + reasons.get(image));
  }

  private String gaps(String image, String fact) {
    StringBuilder reasonsOfFact = new StringBuilder();
    for (JsonNode gap : facts(image).path("gaps")) {
      if (gap.path("fact").stringValue().equals(fact)) {
        reasonsOfFact.append(gap.path("reason").stringValue()).append('\n');
      }
    }
    return reasonsOfFact.toString();
  }

  private static void document(ImageLayout layout, String tag, String properties) {
    String config =
        "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"diff_ids\":[]}"
            + properties
            + "}";
    layout.tag(tag, layout.manifest(layout.blob(MediaTypes.OCI_CONFIG, utf8(config)), List.of()));
  }

  private static void manifest(ImageLayout layout, String tag, String part, String replacement) {
    Blob layer = LayerTar.of().file("a", tag).gzip();
    Descriptor honest = layout.image(tag + "-before", layer);
    String text;
    try {
      text = Files.readString(layout.file(honest.digest()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    layout.tag(tag, layout.blob(MediaTypes.OCI_MANIFEST, utf8(text.replace(part, replacement))));
  }

  private static Blob links() {
    LayerTar tar =
        LayerTar.of()
            .symlink("bin", "usr/bin")
            .symlink("usr/bin", "../bin")
            .symlink("sbin/sh", "bash")
            .symlink("sbin/bash", "sh")
            .symlink("lib/a", "/lib/a")
            .hardLink("x", "y")
            .hardLink("y", "x")
            .hardLink("z", "z")
            .executable("opt/curl", ELF);
    for (int i = 0; i < 60; i++) {
      tar.symlink("etc/l" + i, "l" + (i + 1));
    }
    return tar.symlink("etc/nc", "l0").executable("etc/l60", SHELL).gzip();
  }

  private static Blob names() {
    LayerTar tar =
        LayerTar.of()
            .file("../../etc/passwd", "evil:x:0:0::/:/bin/sh\n")
            .executable("a/../../b/curl", ELF)
            .file("usr/bin/new\nline", utf8(SHELL), 04755)
            .file("usr/bin/\u001b[31m", utf8(SHELL), 04755)
            .file("usr/bin/</td>", utf8(SHELL), 04755);
    byte[] name = {'u', 's', 'r', '/', 'b', 'i', 'n', '/', (byte) 0xff, (byte) 0xfe};
    return tar.raw(tar.header('0', name, new byte[0], 04755, 2)).padded(utf8("#!")).gzip();
  }

  private static Blob packages() {
    StringBuilder status = new StringBuilder();
    for (int i = 0; i < 140_000; i++) {
      status.append("Package: p").append(i);
      status.append("\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n\n");
    }
    return LayerTar.of().file("var/lib/dpkg/status", status.toString()).gzip();
  }

  /** Twenty jars in a jar, in each of which is one file of 64 MB that is 64 kB small. */
  private static byte[] nestedJars() throws IOException {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(inner)) {
      zip.putNextEntry(new ZipEntry("META-INF/maven/a/b/pom.properties"));
      zip.write(new byte[64 << 20]);
    }
    ByteArrayOutputStream outer = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(outer)) {
      for (int i = 0; i < 20; i++) {
        zip.putNextEntry(new ZipEntry("lib/" + i + ".jar"));
        zip.write(inner.toByteArray());
      }
    }
    return outer.toByteArray();
  }

  /** A file of zeros, just more than a layer may have without question. */
  private static Blob zeros() throws IOException {
    int mebibytes = 1_100;
    return written(
        false,
        out -> {
          out.write(
              LayerTar.of().header('0', utf8("zeros"), new byte[0], 0644, (long) mebibytes << 20));
          byte[] zeros = new byte[1 << 20];
          for (int i = 0; i < mebibytes; i++) {
            out.write(zeros);
          }
        });
  }

  private static Blob whiteouts(int number) throws IOException {
    return written(
        true,
        out -> {
          LayerTar tar = LayerTar.of();
          for (int i = 0; i < number; i++) {
            out.write(tar.header('0', utf8("d" + i % 1_000 + "/.wh.f" + i), new byte[0], 0644, 0));
          }
        });
  }

  @FunctionalInterface
  private interface Entries {
    void write(OutputStream out) throws IOException;
  }

  private static Blob written(boolean zstd, Entries entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MessageDigest hash;
    try {
      hash = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
    try (OutputStream out =
        new DigestOutputStream(
            zstd ? new ZstdOutputStreamNoFinalizer(bytes, 1) : new GZIPOutputStream(bytes), hash)) {
      entries.write(out);
      out.write(new byte[1_024]);
    }
    byte[] blob = bytes.toByteArray();
    return new Blob(
        blob,
        new Descriptor(
            zstd ? MediaTypes.OCI_LAYER_ZSTD : MediaTypes.OCI_LAYER_GZIP,
            Digest.sha256(blob),
            blob.length),
        Digest.parse("sha256:" + HexFormat.of().formatHex(hash.digest())));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
