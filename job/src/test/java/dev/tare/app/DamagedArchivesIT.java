package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.Programs;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Saved archives and layouts of every kind, cut at each tenth of their length, in one scan: what is
 * cut is listed with a reason, and what is described all the same is what the whole one is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class DamagedArchivesIT {
  private static final int INCOMPLETE = 3;

  /** As it is read, and by which name it is called here. */
  private static final Map<String, String> KINDS =
      new TreeMap<>(
          Map.of(
              "plain", "docker-archive:docker-save/dive-busybox-14layers.tar",
              "gz-layers", "docker-archive:docker-save/alpine-3.10-4gzlayers-whiteout.tar",
              "gz", "docker-archive:docker-save/alpine-3.15.0.tar.gz",
              "xz-two", "docker-archive:docker-save/two-images.tar.xz",
              "docker25", "docker-archive:docker-save/hello-world-docker25.tar",
              "both", "docker-archive:oci/busybox-arm64-attestation.tar",
              "windows", "docker-archive:docker-save/windows-mini.tar.gz",
              "layout-zstd", "oci:oci/dive-zstd.tar",
              "layout-estargz", "oci:oci/dive-estargz.tar"));

  /** By the name of the file. */
  private final Map<String, List<JsonNode>> described = new TreeMap<>();

  private final Map<String, List<String>> reasons = new TreeMap<>();
  private final Set<String> kinds = new TreeSet<>();

  @BeforeAll
  void scan(@TempDir Path directory) throws IOException {
    List<String> targets = new ArrayList<>();
    for (Map.Entry<String, String> kind : KINDS.entrySet()) {
      String target = kind.getValue();
      int colon = target.indexOf(':') + 1;
      byte[] whole = Files.readAllBytes(TestImages.path(target.substring(colon)));
      cut(directory, kind.getKey(), target.substring(0, colon), whole, targets);
    }
    for (String program : List.of("zstd", "bzip2")) {
      if (Programs.isInstalled(program)) {
        Path tar = directory.resolve(program + ".in");
        Files.copy(TestImages.path("docker-save/hello-world-docker25.tar"), tar);
        Path packed = directory.resolve(program + ".out");
        Programs.run("sh", "-c", program + " -c '" + tar + "' > '" + packed + "'");
        cut(directory, program, "docker-archive:", Files.readAllBytes(packed), targets);
      }
    }
    for (int tenth = 0; tenth <= 10; tenth++) {
      Path layout = directory.resolve("index-" + tenth);
      Programs.run(
          "cp", "-r", TestImages.path("oci/hello-world-9arch").toString(), layout.toString());
      Programs.run("chmod", "-R", "u+w", layout.toString());
      byte[] index = Files.readAllBytes(layout.resolve("index.json"));
      Files.write(layout.resolve("index.json"), Arrays.copyOf(index, index.length * tenth / 10));
      targets.add("oci:" + layout);
    }
    kinds.add("index");
    scan(directory, targets);
  }

  private void cut(Path directory, String kind, String prefix, byte[] whole, List<String> targets)
      throws IOException {
    kinds.add(kind);
    for (int tenth = 0; tenth <= 10; tenth++) {
      Path file = directory.resolve(kind + "-" + tenth);
      Files.write(file, Arrays.copyOf(whole, (int) ((long) whole.length * tenth / 10)));
      targets.add(prefix + file);
    }
  }

  private void scan(Path directory, List<String> targets) {
    Path output = directory.resolve("out");
    List<String> arguments = new ArrayList<>(List.of("scan"));
    arguments.addAll(targets);
    arguments.addAll(List.of("--state", directory.resolve("state").toString()));
    arguments.addAll(List.of("-o", output.toString(), "--format", "json"));
    arguments.addAll(List.of("--fail-on", "never", "--no-progress", "--tickets", "none"));
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isEqualTo(INCOMPLETE);
    assertThat(run.err()).doesNotContain("\tat ");
    WrittenReport report = WrittenReport.in(output);
    for (JsonNode image : report.images()) {
      String reference = image.path("reference").stringValue();
      described
          .computeIfAbsent(file(reference, directory), name -> new ArrayList<>())
          .add(image.path("facts"));
    }
    for (JsonNode image : report.notInspected()) {
      String reason = image.path("reason").stringValue();
      String reference = image.path("reference").stringValue();
      assertThat(reason)
          .as(reference)
          .isNotBlank()
          .doesNotContain("defect in Tare")
          .doesNotEndWith("null");
      reasons.computeIfAbsent(file(reference, directory), name -> new ArrayList<>()).add(reason);
    }
  }

  /** {@code docker-archive:/tmp/x/plain-3/team/app:1} is of {@code plain-3}. */
  private static String file(String reference, Path directory) {
    int at = reference.indexOf(directory.toString()) + directory.toString().length() + 1;
    return reference.substring(at).split("/", 2)[0];
  }

  @Test
  void wholeOnesAreDescribed() {
    for (String kind : kinds) {
      if (!kind.equals("windows")) {
        assertThat(described).as("" + reasons.get(kind + "-10")).containsKey(kind + "-10");
        assertThat(reasons).doesNotContainKey(kind + "-10");
      }
    }
    assertThat(reasons.get("windows-10")).singleElement().asString().contains("0 diff IDs");
  }

  @Test
  void cutOnesHaveAReason() {
    for (String kind : kinds) {
      for (int tenth = 0; tenth < 9; tenth++) {
        assertThat(reasons).containsKey(kind + "-" + tenth);
      }
      // Behind nine tenths of a small tar there may be nothing but zeros.
      String most = kind + "-9";
      assertThat(reasons.containsKey(most) || described.containsKey(most)).as(most).isTrue();
    }
  }

  @Test
  void whatIsDescribedAllTheSameIsWhatTheWholeOneIs() {
    for (String kind : kinds) {
      List<JsonNode> whole = contents(kind + "-10");
      for (int tenth = 0; tenth < 10; tenth++) {
        assertThat(whole).as(kind + "-" + tenth).containsAll(contents(kind + "-" + tenth));
      }
    }
  }

  private List<JsonNode> contents(String file) {
    return described.getOrDefault(file, List.of()).stream()
        .map(DamagedArchivesIT::content)
        .toList();
  }

  /** Without the place, and without what other images of the run have to do with it. */
  private static JsonNode content(JsonNode facts) {
    ObjectNode copy = (ObjectNode) facts.deepCopy();
    ((ObjectNode) copy.path("image")).remove(List.of("registry", "repository", "tags"));
    ((ObjectNode) copy.path("size")).remove("exclusive");
    copy.remove(List.of("evaluatedAt", "previous"));
    return copy;
  }
}
