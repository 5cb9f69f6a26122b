package dev.tare.rebase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tare.facts.Packages;
import dev.tare.facts.StoredFacts;
import dev.tare.inspect.FactsJson;
import dev.tare.inspect.ImageInspector;
import dev.tare.inspect.InspectionLimits;
import dev.tare.inspect.KeptContent;
import dev.tare.inspect.LeftoverCatalog;
import dev.tare.inspect.OwnLayers;
import dev.tare.inspect.RealImages;
import dev.tare.inspect.ToolCatalog;
import dev.tare.layer.LayerFacts;
import dev.tare.layer.LayerLimits;
import dev.tare.layer.LayerScanner;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.testing.LayerTar;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is said of images on other bases, from their layers to the facts. */
class PredictorTest {
  private static final String STATUS = "var/lib/dpkg/status";
  private static final String PASSWD = "etc/passwd";
  private static final String ROOT = "root:x:0:0::/root:/bin/sh\n";

  private static final LayerTar BOOKWORM = debian("12", "libc6 2.36", "bash 5.2");
  private static final LayerTar TRIXIE = debian("13", "libc6 2.41", "bash 5.3");
  private static final LayerTar CURL =
      LayerTar.of().file(STATUS, dpkg("libc6 2.36", "bash 5.2", "curl 8.1"));

  @Test
  void versionsOfOwnPackagesAreNotKnownOnAnotherRelease() {
    Prediction prediction = predict(CURL, BOOKWORM, TRIXIE);

    assertThat(prediction.rebase().standing()).isEqualTo(Rebase.Standing.INSTALLED_ELSEWHERE);
    assertThat(versions(prediction))
        .isEqualTo(Map.of("libc6", "2.41", "bash", "5.3", "curl", "unknown"));
    StoredFacts facts = facts(prediction);
    assertThat(facts.packageItems())
        .filteredOn(item -> "curl".equals(item.name()))
        .allSatisfy(item -> {
          assertThat(item.purl()).isNull();
          assertThat(item.source()).isNull();
          assertThat(item.inBase()).isFalse();
        });
    assertThat(facts.packageItems())
        .filteredOn(item -> !"curl".equals(item.name()))
        .allSatisfy(item -> assertThat(item.inBase()).isTrue());
    assertThat(facts.gapNames()).contains("packages.items");
    assertThat(facts.base().os())
        .satisfies(os -> assertThat(Objects.requireNonNull(os).versionId()).isEqualTo("13"));
    assertThat(prediction.rebase().ownPackages()).containsExactly("curl 8.1");
    assertThat(prediction.rebase().obstacles())
        .extracting(Obstacle::kind)
        .containsExactly(Obstacle.Kind.DISTRIBUTION);
    assertThat(prediction.rebase().notKnown())
        .anyMatch(sentence -> sentence.startsWith("Which versions debian 13 has"));
  }

  @Test
  void packageThatOwnLayersUpdateIsNotCarriedToAnotherRelease() {
    LayerTar updated = LayerTar.of().file(STATUS, dpkg("libc6 2.36", "bash 5.2.1"));

    Prediction prediction = predict(updated, BOOKWORM, TRIXIE);

    assertThat(prediction.rebase().standing()).isEqualTo(Rebase.Standing.INSTALLED_ELSEWHERE);
    assertThat(versions(prediction)).isEqualTo(Map.of("libc6", "2.41", "bash", "5.3"));
    assertThat(prediction.rebase().notKnown())
        .anyMatch(sentence -> sentence.contains("counts here: bash 5.2.1."));
  }

  @Test
  void versionsAreKeptWithinARelease() {
    Prediction prediction = predict(CURL, BOOKWORM, debian("12", "libc6 2.36", "bash 5.2"));

    assertThat(prediction.rebase().standing()).isEqualTo(Rebase.Standing.INSTALLED);
    assertThat(versions(prediction)).containsEntry("curl", "8.1");
    assertThat(facts(prediction).gapNames()).doesNotContain("packages.items");
  }

  @Test
  void basesWithoutANameAreOfNoCommonRelease() {
    LayerTar one = LayerTar.of().file(STATUS, dpkg("libc6 2.36", "bash 5.2"));
    LayerTar other = LayerTar.of().file(STATUS, dpkg("libc6 2.41"));

    Prediction prediction = predict(CURL, one, other);

    assertThat(prediction.rebase().standing()).isEqualTo(Rebase.Standing.INSTALLED_ELSEWHERE);
    assertThat(versions(prediction)).containsEntry("curl", "unknown");
  }

  @Test
  void databaseThatAStepOnlyTouchedIsNotThereOnABaseWithoutOne() {
    LayerTar touched = LayerTar.of().file(STATUS, dpkg("libc6 2.36", "bash 5.2")).file("app", "1");

    Prediction prediction = predict(touched, BOOKWORM, LayerTar.of().file("etc/ssl/ca.pem", "x"));

    assertThat(prediction.rebase().standing()).isEqualTo(Rebase.Standing.COPIED);
    assertThat(versions(prediction)).isEmpty();
  }

  /** Alpine moved it with /lib. */
  @Test
  void databaseThatHasMovedKeepsThePackagesOfTheBaseInTheBase() {
    String old = "lib/apk/db/installed";
    LayerTar base = LayerTar.of().file(old, apk("musl 1", "zlib 1", "ssl 1"));
    LayerTar own = LayerTar.of().file(old, apk("musl 1", "ssl 2", "curl 8"));
    LayerTar other =
        LayerTar.of()
            .file("etc/os-release", "ID=alpine\nVERSION_ID=3.23.0\n")
            .file("usr/lib/apk/db/installed", apk("musl 3", "zlib 3", "ssl 1"));

    Prediction prediction = predict(own, base, other);

    // zlib is removed, ssl updated from the version that both bases have, curl new.
    assertThat(facts(prediction).packageItems())
        .extracting(Packages.Item::name, Packages.Item::inBase)
        .containsExactlyInAnyOrder(tuple("musl", true), tuple("ssl", false), tuple("curl", false));
    assertThat(versions(prediction)).containsEntry("musl", "3").containsEntry("ssl", "unknown");
  }

  @Test
  void packagesOfPacmanAreInstalledAsThoseOfADatabase() {
    LayerTar arch = pacman("bash 5.1", "zlib 1", "vim 9");
    LayerTar own =
        LayerTar.of()
            .whiteout("var/lib/pacman/local/bash-5.1")
            .whiteout("var/lib/pacman/local/vim-9")
            .file("var/lib/pacman/local/bash-5.2/desc", desc("bash", "5.2"))
            .file("var/lib/pacman/local/git-2/desc", desc("git", "2"));

    Prediction newer = predict(own, arch, pacman("bash 5.3", "zlib 2", "vim 10"));

    assertThat(newer.rebase().standing()).isEqualTo(Rebase.Standing.INSTALLED);
    assertThat(versions(newer)).isEqualTo(Map.of("bash", "5.3", "zlib", "2", "git", "2"));
    assertThat(newer.moved().inQuestion()).containsExactly("bash 5.2");
    assertThat(newer.moved().removed()).containsExactly("vim 9");

    Prediction same = predict(own, arch, pacman("bash 5.1", "zlib 2"));
    assertThat(versions(same)).isEqualTo(Map.of("bash", "5.2", "zlib", "2", "git", "2"));

    Prediction debian = predict(own, arch, BOOKWORM);
    assertThat(debian.rebase().standing()).isEqualTo(Rebase.Standing.REBUILD_NEEDED);
    assertThat(debian.rebase().obstacles())
        .first()
        .satisfies(
            obstacle -> assertThat(obstacle.text()).contains("database of pacman (bash 5.2"));
  }

  @Test
  void accountThatTheNewBaseLacksSpeaksAgainstIt() {
    Stack base = stack("base", "", List.of("ADD base"), accounts("node:x:1000:1000::/:/bin/sh\n"));
    Stack image =
        stack(
            "image",
            "'User': 'node'",
            List.of("ADD base", "COPY app", "USER node"),
            accounts("node:x:1000:1000::/:/bin/sh\n"),
            LayerTar.of().file("app", "1"));

    Rebase rebase = predict(image, base, stack("other", "", List.of("ADD"), accounts(""))).rebase();

    assertThat(rebase.obstacles())
        .containsExactly(
            new Obstacle(
                Obstacle.Kind.START, "The account node, as which the image runs, is not there."));
    assertThat(
            predict(
                    image,
                    base,
                    stack("other", "", List.of("ADD"), accounts("node:x:7:7::/:/bin/sh\n")))
                .rebase()
                .obstacles())
        .isEmpty();
  }

  @Test
  void accountsThatTheNewBaseHasOtherwiseAreNotKnown() {
    Prediction prediction =
        predict(
            accounts("app:x:999:999::/:/bin/sh\nold:x:7:7::/:/bin/sh\n"),
            accounts("old:x:5:5::/:/bin/sh\n"),
            accounts("other:x:999:999::/:/bin/sh\nold:x:6:6::/:/bin/sh\n"));

    assertThat(prediction.rebase().notKnown())
        .contains(
            "The new base has 1 account of own layers otherwise, which counts here: old.",
            "The new base has given the user ID of 1 account of own layers to another one:"
                + " app 999 other.");
  }

  @Test
  void stepsForBuildsOnABaseAreNotKnown() {
    Stack base = stack("base", "", List.of("ADD base"), BOOKWORM);
    Stack image =
        stack(
            "image",
            "",
            List.of("ADD base", "bazel build"),
            BOOKWORM,
            LayerTar.of().file("a", "1"));
    Stack other =
        stack("other", "", List.of("ADD other", "/bin/sh -c #(nop)  ONBUILD COPY . ."), TRIXIE);

    assertThat(predict(image, base, other).rebase().notKnown())
        .contains(
            "ONBUILD stands in the history of other: what a build would run for it is not"
                + " predicted.")
        .contains("1 own step runs commands, or may: what they wrote is taken as it is.");
  }

  private static Prediction predict(LayerTar own, LayerTar base, LayerTar other) {
    return predict(
        stack("image", "", List.of("ADD base", "RUN install"), base, own),
        stack("base", "", List.of("ADD base"), base),
        stack("other", "", List.of("ADD other"), other));
  }

  private static Prediction predict(Stack image, Stack base, Stack other) {
    return new Predictor(
            new ImageInspector(
                ToolCatalog.shipped(), LeftoverCatalog.shipped(), InspectionLimits.DEFAULT),
            new OwnLayers(new KeptContent()))
        .predict(image, base, other);
  }

  private static StoredFacts facts(Prediction prediction) {
    return StoredFacts.of(Objects.requireNonNull(prediction.document()));
  }

  private static Map<String, String> versions(Prediction prediction) {
    return facts(prediction).packageItems().stream()
        .collect(
            Collectors.toMap(
                item -> String.valueOf(item.name()),
                item -> Objects.requireNonNullElse(item.version(), "unknown")));
  }

  private static Stack stack(String name, String config, List<String> steps, LayerTar... tars) {
    List<Descriptor> descriptors = new ArrayList<>();
    List<LayerFacts> layers = new ArrayList<>();
    List<String> diffIds = new ArrayList<>();
    for (LayerTar tar : tars) {
      LayerTar.Blob blob = tar.gzip();
      descriptors.add(blob.descriptor());
      diffIds.add("'" + blob.diffId() + "'");
      layers.add(
          new LayerScanner(new KeptContent(), LayerLimits.DEFAULTS)
              .scan(new ByteArrayInputStream(blob.bytes()), blob.descriptor()));
    }
    String history =
        steps.stream()
            .map(step ->
                "{'created_by': '%s', 'empty_layer': %s}"
                    .formatted(step, step.startsWith("USER ") || step.contains("#(nop)")))
            .collect(Collectors.joining(", "));
    ImageConfig parsed =
        ImageConfig.parse(
            ("{'os': 'linux', 'architecture': 'amd64', 'config': {%s},"
                    + " 'rootfs': {'diff_ids': [%s]}, 'history': [%s]}")
                .formatted(config, String.join(", ", diffIds), history)
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8));
    return new Stack(
        name,
        Digest.sha256(name.getBytes(StandardCharsets.UTF_8)),
        descriptors,
        Map.of(),
        parsed,
        layers,
        FactsJson.tree(RealImages.inspect(parsed, descriptors, layers, RealImages.NO_LINEAGE)));
  }

  private static LayerTar debian(String release, String... packages) {
    return LayerTar.of()
        .file("etc/os-release", "ID=debian\nVERSION_ID=" + release + "\n")
        .file(STATUS, dpkg(packages));
  }

  private static LayerTar accounts(String others) {
    return LayerTar.of().file(PASSWD, ROOT + others);
  }

  private static LayerTar pacman(String... packages) {
    LayerTar tar = LayerTar.of().file("etc/os-release", "ID=arch\n");
    for (String item : packages) {
      String[] words = item.split(" ", -1);
      tar.file(
          "var/lib/pacman/local/" + item.replace(' ', '-') + "/desc", desc(words[0], words[1]));
    }
    return tar;
  }

  private static String desc(String name, String version) {
    return "%NAME%\n" + name + "\n\n%VERSION%\n" + version + "\n";
  }

  private static String apk(String... packages) {
    StringBuilder installed = new StringBuilder();
    for (String item : packages) {
      installed.append("P:").append(item.replace(" ", "\nV:")).append("\nA:x86_64\n\n");
    }
    return installed.toString();
  }

  private static String dpkg(String... packages) {
    StringBuilder status = new StringBuilder();
    for (String item : packages) {
      String[] words = item.split(" ", -1);
      status.append(
          "Package: %s\nStatus: install ok installed\nArchitecture: amd64\nVersion: %s\n\n"
              .formatted(words[0], words[1]));
    }
    return status.toString();
  }
}
