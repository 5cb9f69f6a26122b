package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.tare.oci.Descriptor;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.ImageLayout;
import dev.tare.testing.LayerTar;
import dev.tare.testing.LayerTar.Blob;
import dev.tare.testing.PostgresBinary;
import dev.tare.testing.ServedLayout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Text that somebody wrote to do harm, from a registry through facts into every format and onto the
 * terminal: names of files, packages, accounts and tools, all that a config says, media types,
 * platforms, tags and error messages.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileTextIT {
  private static final int INCOMPLETE = 3;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final byte[] ELF = "\177ELF\2\1\1".getBytes(StandardCharsets.ISO_8859_1);

  /** A terminal's colours, its bell, its title; right to left; markup of all kinds; a formula. */
  private static final String EVIL =
      "\u001b[31m\u0007\u001b]0;t\u0007\u009b1m\u202e\r\n</script><img src=x onerror=alert(1)>]]>&\"'`|*{{x}}";

  private static final String TEN_THOUSAND = "n".repeat(10_000);
  private static final String FORMATS =
      "html,json,csv,sarif,junit,compliance,oscal,policyreport,metrics,sbom";

  private final Map<String, JsonNode> facts = new TreeMap<>();
  private final Map<String, String> reasons = new TreeMap<>();
  private final List<ServedLayout> registries = new ArrayList<>();
  private CommandLineRun scan = new CommandLineRun(-1, "", "");
  private Path directory = Path.of("");
  private Path output = Path.of("");

  @BeforeAll
  void scan(@TempDir Path temporary) throws IOException {
    directory = temporary;
    output = temporary.resolve("out");
    ImageLayout layout = ImageLayout.in(temporary.resolve("layout"));
    layout.image("honest", LayerTar.of().executable("usr/bin/curl", ELF).gzip());
    layout.image("names", names(), deletions());
    config(layout, "config", evilConfig());
    config(
        layout, "surrogate", "{\"config\":{\"User\":\"\\ud800\",\"Labels\":{\"\\udfff\":\"x\"}}}");
    config(layout, "platform", platform(EVIL));
    config(layout, "long-platform", platform(TEN_THOUSAND));
    layout.image("long-name", LayerTar.of().file("usr/bin/" + TEN_THOUSAND, "x").gzip());
    layout.image("nul-name", LayerTar.of().pax("path", utf8("usr/bin/a\0b")).file("a", "x").gzip());
    layout.image("pax-gigabyte", paxOfAGigabyte());
    typed(layout, "layer-type", MediaTypes.OCI_LAYER_TAR + EVIL);
    typed(layout, "long-layer-type", MediaTypes.OCI_LAYER_TAR + TEN_THOUSAND);
    index(layout, "index-platform", EVIL);
    index(layout, "long-index-platform", TEN_THOUSAND);
    Path written = layout.write();
    registries.add(
        ServedLayout.of(written, "team/evil")
            .listingTag("missing")
            .listingRepository(EVIL)
            .listingRepository("nul\0")
            .listingRepository("a/".repeat(50_000) + "a"));
    ImageLayout small = ImageLayout.in(temporary.resolve("small"));
    small.image("1.0", LayerTar.of().executable("usr/bin/curl", ELF).gzip());
    small.image("1.1", LayerTar.of().executable("usr/bin/wget", ELF).gzip());
    ServedLayout tags =
        ServedLayout.of(small.write(), "team/tags")
            .listingTag(EVIL)
            .listingTag(TEN_THOUSAND)
            .listingTag("nul\0");
    for (int i = 0; i < 50; i++) {
      tags.listingTag("../" + i);
    }
    registries.add(tags);
    scan();
  }

  private void scan() {
    scan = scanned(directory.resolve("state").toString(), output, FORMATS);
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

  private CommandLineRun scanned(String state, Path written, String formats) {
    List<String> arguments = new ArrayList<>(List.of("scan"));
    registries.forEach(registry -> arguments.add(registry.host()));
    arguments.addAll(List.of("--state", state, "-o", written.toString(), "--format", formats));
    arguments.addAll(List.of("--fail-on", "never", "--no-progress"));
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isEqualTo(INCOMPLETE);
    return run;
  }

  /** Which takes no NUL in a text. */
  @Test
  void postgresqlHoldsAllOfItToo() {
    try (PostgresBinary server = PostgresBinary.start()) {
      Path written = directory.resolve("postgresql");
      scanned(server.jdbcUrl(), written, "json");
      assertThat(WrittenReport.in(written).imageNames())
          .isEqualTo(WrittenReport.in(output).imageNames());
    }
  }

  @AfterAll
  void stop() {
    registries.forEach(ServedLayout::close);
  }

  @Test
  void whatHasFactsKeepsItsTextAsItIs() {
    assertThat(facts).containsKeys("honest", "names", "config");
    JsonNode config = Objects.requireNonNull(facts.get("config")).path("image");
    assertThat(config.path("config").path("user").stringValue()).isEqualTo(EVIL);
    assertThat(config.path("labels").path(EVIL).stringValue()).isEqualTo(EVIL);
    JsonNode names = Objects.requireNonNull(facts.get("names"));
    assertThat(names.path("tools").valueStream().map(tool -> tool.path("path").stringValue()))
        .contains("/opt/" + EVIL.replace("/", "_") + "/curl", "/opt/\\xff\\xfe/nc");
    assertThat(names.path("hiddenTools").valueStream().map(tool -> tool.path("path").stringValue()))
        .containsExactlyInAnyOrder(
            "/opt/gone" + EVIL.replace("/", "_") + "/wget", "/opt/gone\u001b[2J/wget");
    assertThat(names.path("packages").path("count").intValue()).isEqualTo(1);
  }

  @Test
  void whatIsNoTextOfItsKindHasAReason() {
    assertThat(reasons.get("surrogate")).contains("not JSON", "surrogate");
    for (String name :
        List.of("platform", "long-platform", "index-platform", "long-index-platform")) {
      assertThat(reasons.get(name)).as(name).contains("platform: architecture: expected up to 40");
    }
    assertThat(reasons.get("long-name")).contains("tare.limits.maximum-path-bytes");
    assertThat(reasons.get("nul-name")).contains("path holds a NUL");
    assertThat(reasons.get("pax-gigabyte"))
        .contains("pax header of 1,073,741,824 bytes", "tare.limits.maximum-pax-header-bytes");
    for (String name : List.of("layer-type", "long-layer-type")) {
      assertThat(reasons.get(name)).as(name).contains("layers[0]: the media type is none");
    }
    assertThat(reasons.get("missing")).contains("404 MANIFEST_UNKNOWN");
    assertThat(reasons.values())
        .filteredOn(reason -> reason.startsWith("tag \""))
        .hasSize(20)
        .allSatisfy(reason -> assertThat(reason).hasSizeLessThan(500));
    assertThat(reasons.values())
        .filteredOn(reason -> reason.startsWith("repository \""))
        .hasSize(3)
        .allSatisfy(reason -> assertThat(reason).hasSizeLessThan(500));
  }

  @Test
  void tagThatIsNoneKeepsNoOtherFromBeingInspected() {
    WrittenReport report = WrittenReport.in(output);
    assertThat(facts).containsKeys("1.0", "1.1");
    assertThat(reasons.values()).contains("33 more of its tags are none that can be asked for");
    assertThat(report.notInspected().valueStream())
        .filteredOn(one -> one.path("reference").stringValue().contains("/team/tags"))
        .hasSize(21)
        .allSatisfy(one -> assertThat(one.path("reference").stringValue()).matches("[!-~…]+"));
  }

  @Test
  void terminalGetsNothingThatItWouldObey() {
    assertHarmless(scan);
    String evil = Objects.requireNonNull(registries.getFirst()).host() + "/team/evil:";
    for (List<String> command :
        List.of(
            List.of("inspect", evil + "config"),
            List.of("inspect", evil + "names", "--tree"),
            List.of("inspect", evil + "names", "--layer", "0"),
            List.of("inspect", evil + "names", "--layer", "1"),
            List.of("lineage"))) {
      List<String> arguments = new ArrayList<>(command);
      arguments.addAll(List.of("--state", directory.resolve("state").toString()));
      CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
      assertThat(run.status()).as(run.err()).isZero();
      assertHarmless(run);
    }
  }

  private static void assertHarmless(CommandLineRun run) {
    assertThat(run.out() + run.err())
        .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\x80-\\x9f&&[^\n]]");
  }

  @Test
  void noFileHoldsControlCharactersOrMarkupAsTheyWere() throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file);
        assertThat(text)
            .as(file.toString())
            .doesNotContainPattern("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]");
        if (file.toString().endsWith(".html")) {
          assertThat(text).as(file.toString()).doesNotContain("</script><img", "<img src=x");
        }
      }
    }
  }

  @Test
  void everyFormatIsStillOne() throws Exception {
    Document junit =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(Files.readAllBytes(output.resolve("junit.xml"))));
    assertThat(junit.getElementsByTagName("testsuite").getLength()).isEqualTo(facts.size() + 1);
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file :
          files.filter(name -> name.toString().matches(".*[.](json|sarif)")).toList()) {
        assertThat(JSON.readTree(Files.readAllBytes(file)).isObject()).as(file.toString()).isTrue();
      }
    }
    try (MappingIterator<JsonNode> documents =
        YAMLMapper.builder()
            .build()
            .readerFor(JsonNode.class)
            .readValues(output.resolve("policyreport.yaml").toFile())) {
      assertThat(documents.readAll()).isNotEmpty();
    }
    assertThat(Files.readAllLines(output.resolve("metrics.prom")))
        .allSatisfy(line -> assertThat(line).matches("# .*|[a-z_]+([{].*[}])? [0-9.eE+-]+|"));
    assertThat(records(Files.readString(output.resolve("images.csv"))))
        .hasSize(facts.size() + 1)
        .containsOnly(records(Files.readString(output.resolve("images.csv"))).getFirst());
  }

  /** How many cells each record of a CSV has, by RFC 4180. */
  private static List<Integer> records(String csv) {
    List<Integer> cells = new ArrayList<>();
    boolean quoted = false;
    int count = 1;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      quoted ^= c == '"';
      if (!quoted && c == ',') {
        count++;
      } else if (!quoted && c == '\n') {
        cells.add(count);
        count = 1;
      }
    }
    return cells;
  }

  private static Blob names() {
    LayerTar tar = LayerTar.of();
    for (String evil : List.of(EVIL, "\u001b[2J", "=1+1", "n".repeat(3_000))) {
      String name = evil.replace("/", "_");
      tar.file("usr/bin/" + name, utf8("#!/bin/sh\n"), 04777)
          .executable("opt/" + name + "/curl", ELF)
          .executable("opt/gone" + name + "/wget", ELF)
          .file("var/cache/apt/archives/" + name + ".deb", "deb")
          .file("root/.ssh/" + name, "x")
          .file("etc/ssl/private/" + name + ".key", "-----BEGIN PRIVATE KEY-----\n")
          .symlink("usr/local/bin/wget" + name.length(), name);
    }
    byte[] invalid = {'o', 'p', 't', '/', (byte) 0xff, (byte) 0xfe, '/', 'n', 'c'};
    tar.raw(tar.header('0', invalid, new byte[0], 0755, ELF.length)).padded(ELF);
    tar.executable("d/".repeat(2_000) + "socat", ELF)
        .executable("usr/bin/python" + "1.".repeat(1_900), ELF);
    String line = EVIL.replaceAll("[\r\n]+", " ");
    return tar.file(
            "etc/os-release",
            "ID=" + line + "\nVERSION_ID=\"" + line + "\"\nPRETTY_NAME=\"" + line + "\"\n")
        .file(
            "etc/passwd",
            line.replace(":", "")
                + ":x:0:0:"
                + line
                + ":/:/bin/"
                + line
                + "\nroot:x:0:0::/:/bin/sh\n")
        .file(
            "var/lib/dpkg/status",
            "Package: "
                + line
                + "\nStatus: install ok installed\nVersion: "
                + line
                + "\nArchitecture: "
                + line
                + "\nSource: "
                + line
                + "\n\n")
        .gzip();
  }

  private static Blob deletions() {
    return LayerTar.of()
        .whiteout("opt/gone" + EVIL.replace("/", "_"))
        .whiteout("opt/gone\u001b[2J")
        .gzip();
  }

  private static ObjectNode evilConfig() {
    ObjectNode config = platform("amd64").put("created", EVIL).put("author", EVIL);
    ObjectNode run = config.putObject("config");
    run.put("User", EVIL).put("WorkingDir", EVIL).put("StopSignal", EVIL + '\0');
    run.putArray("Env")
        .add("PATH=" + EVIL)
        .add(EVIL + "=x")
        .add("A_TOKEN=" + EVIL)
        .add(TEN_THOUSAND + "_PASSWORD=x");
    run.putArray("Entrypoint").add(EVIL).add(TEN_THOUSAND).add("a\0b");
    run.putArray("Cmd").add(EVIL);
    run.putObject("Labels")
        .put(EVIL, EVIL)
        .put("a\0b", "c\0d")
        .put(TEN_THOUSAND, TEN_THOUSAND)
        .put("org.opencontainers.image.base.name", EVIL)
        .put("org.opencontainers.image.base.digest", EVIL);
    run.putObject("ExposedPorts").putObject(EVIL);
    run.putObject("Volumes").putObject(EVIL);
    run.putObject("Healthcheck").putArray("Test").add(EVIL);
    config
        .putArray("history")
        .addObject()
        .put("created", EVIL)
        .put("created_by", EVIL + '\0' + TEN_THOUSAND)
        .put("empty_layer", true);
    return config;
  }

  private static ObjectNode platform(String architecture) {
    return JSON.createObjectNode().put("os", "linux").put("architecture", architecture);
  }

  private static void config(ImageLayout layout, String tag, ObjectNode config) {
    config(layout, tag, JSON.writeValueAsString(config));
  }

  private static void config(ImageLayout layout, String tag, String config) {
    layout.tag(tag, layout.manifest(layout.blob(MediaTypes.OCI_CONFIG, utf8(config)), List.of()));
  }

  private static void typed(ImageLayout layout, String tag, String mediaType) {
    Blob layer = LayerTar.of().file("a", tag).tar();
    ObjectNode config = platform("amd64");
    config.putObject("rootfs").putArray("diff_ids").add(layer.diffId().toString());
    Descriptor configured = layout.blob(MediaTypes.OCI_CONFIG, JSON.writeValueAsBytes(config));
    layout.tag(tag, layout.manifest(configured, List.of(layout.blob(mediaType, layer.bytes()))));
  }

  private static void index(ImageLayout layout, String tag, String architecture) {
    Descriptor image = layout.image(tag + "-alone", LayerTar.of().file("a", tag).tar());
    ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2);
    index
        .putArray("manifests")
        .addObject()
        .put("mediaType", MediaTypes.OCI_MANIFEST)
        .put("digest", image.digest().toString())
        .put("size", image.sizeBytes())
        .set("platform", platform(architecture));
    layout.tag(tag, layout.blob(MediaTypes.OCI_INDEX, JSON.writeValueAsBytes(index)));
  }

  private static Blob paxOfAGigabyte() throws IOException {
    ByteArrayOutputStream blob = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStreamNoFinalizer(blob, 1)) {
      out.write(LayerTar.of().header('x', utf8("pax"), new byte[0], 0644, 1L << 30));
      out.write(utf8("1073741824 comment="));
      byte[] text = new byte[1 << 20];
      for (int i = 0; i < 1 << 10; i++) {
        out.write(text);
      }
    }
    return LayerTar.blob(blob.toByteArray(), MediaTypes.OCI_LAYER_ZSTD, new byte[0]);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
