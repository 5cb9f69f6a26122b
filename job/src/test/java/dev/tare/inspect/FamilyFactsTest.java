package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.cli.Palette;
import dev.tare.cli.page.FactsPage;
import dev.tare.cli.page.PageText;
import dev.tare.facts.StoredFacts;
import dev.tare.lineage.Ancestor;
import dev.tare.lineage.Lineage;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.ImageConfig.HistoryEntry;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Platform;
import dev.tare.testing.LayerTar;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a build left of an official image becomes a probable parent, and never more. */
class FamilyFactsTest {
  private static final String NODE = "docker.io/library/node:20.11.0-alpine3.19";

  private static final List<String> ALPINE = List.of("ADD file:00 in /", "CMD [\"/bin/sh\"]");

  private static final List<String> NODE_STEPS =
      List.of(
          "ENV NODE_VERSION=20.11.0",
          "RUN addgroup",
          "ENV YARN_VERSION=1.22.19",
          "RUN apk add",
          "COPY file:01 in /usr/local/bin/",
          "ENTRYPOINT [\"docker-entrypoint.sh\"]",
          "CMD [\"node\"]");

  private static final String UPGRADE = "RUN apk upgrade";

  private static final List<String> APPLICATION = List.of("COPY . .", "CMD [\"app\"]");

  @Test
  void namesTheParentWhereNothingElseDoes() {
    ImageFacts.Base base = base(RealImages.NO_LINEAGE, ALPINE, NODE_STEPS, APPLICATION);
    Ancestor parent = Objects.requireNonNull(base.parent());
    assertThat(parent.reference()).isEqualTo(NODE);
    assertThat(parent.digest()).isNull();
    assertThat(parent.layers()).isZero();
    assertThat(parent.evidence()).containsExactly("family");
    assertThat(parent.confidence()).isLessThan(Lineage.ANNOTATION_CONFIDENCE);
    assertThat(base.lineage()).containsExactly(parent);
    assertThat(base.outdated().known()).isFalse();
    assertThat(base.family()).isNotNull();
    assertThat(page(RealImages.NO_LINEAGE, ALPINE, NODE_STEPS, APPLICATION))
        .contains("built on")
        .contains(NODE + " (probably, by its build steps, 40 %)")
        .doesNotContain("no known image");
  }

  /** Whose packages and files are the base's would need its layers. */
  @Test
  void saysNothingOfWhatIsInTheBase() {
    ImageFacts facts = inspect(RealImages.NO_LINEAGE, ALPINE, NODE_STEPS, APPLICATION);
    assertThat(facts.layers()).allSatisfy(layer -> assertThat(layer.inBase()).isNull());
    assertThat(facts.size().addedOverBase()).isNull();
  }

  @Test
  void whatLayersProveStays() {
    Lineage alpine = lineage("registry.test/base/alpine:3.19", 1, "layers", 1.0);
    ImageFacts.Base base = base(alpine, ALPINE, NODE_STEPS, APPLICATION);
    assertThat(base.lineage()).isEqualTo(alpine.chain());
    assertThat(base.parent()).isEqualTo(alpine.parent());
    assertThat(Objects.requireNonNull(base.family()).reference()).isEqualTo(NODE);
    assertThat(page(alpine, ALPINE, NODE_STEPS, APPLICATION))
        .contains("registry.test/base/alpine:3.19 (1 layer, by layers)")
        .contains("probably " + NODE + " (by its build steps, 40 %)");
  }

  /** Its own name for the same image, or one above it: the proven base has more layers. */
  @Test
  void provenBaseThatIsNearerLeavesNoGuess() {
    Lineage near = lineage("registry.test/base/node:20", 4, "layers", 1.0);
    ImageFacts.Base base = base(near, ALPINE, NODE_STEPS, APPLICATION);
    assertThat(base.parent()).isEqualTo(near.parent());
    assertThat(base.family()).isNull();
  }

  /** An image that cannot be fetched, but that the builder has named. */
  @Test
  void annotationIsNotContradicted() {
    Lineage said = lineage("docker.io/library/node:22", 0, "annotation", 0.6);
    ImageFacts.Base base = base(said, ALPINE, NODE_STEPS, APPLICATION);
    assertThat(base.parent()).isEqualTo(said.parent());
    assertThat(base.family()).isNull();
  }

  @Test
  void variableAloneIsACandidate() {
    List<String> own = List.of("ENV NODE_VERSION=20.11.0", "RUN install", "COPY . .");
    ImageFacts.Base base = base(RealImages.NO_LINEAGE, ALPINE, own);
    assertThat(Objects.requireNonNull(base.family()).candidates())
        .contains("docker.io/library/node");
    assertThat(base.lineage())
        .allSatisfy(one -> assertThat(one.reference()).doesNotContain("library/node"));
    assertThat(page(RealImages.NO_LINEAGE, ALPINE, own))
        .contains("may be on")
        .contains("docker.io/library/node")
        .contains("NODE_VERSION=20.11.0 is set, and the build steps do not tell (a guess)");
  }

  /** The release that an upgrade in a later step names is not that of the base. */
  @Test
  void releaseIsThatOfTheLowestLayer() {
    ImageFacts.Base base =
        base(
            RealImages.NO_LINEAGE,
            List.of("ADD alpine-minirootfs-3.19.1-x86_64.tar.gz / # buildkit", "CMD [\"/bin/sh\"]"),
            List.of(UPGRADE, "COPY . ."));

    assertThat(Objects.requireNonNull(base.parent()).reference())
        .isEqualTo("docker.io/library/alpine:3.19.1");
    assertThat(Objects.requireNonNull(base.os()).versionId()).isEqualTo("3.19.4");
  }

  private static Lineage lineage(String reference, int layers, String evidence, double confidence) {
    Ancestor parent =
        new Ancestor(
            reference, Digest.sha256(new byte[0]), layers, List.of(evidence), confidence, false);
    return new Lineage(
        List.of(parent), parent, parent, layers, null, Lineage.Outdated.NO_PARENT, List.of());
  }

  @SafeVarargs
  private static ImageFacts.Base base(Lineage lineage, List<String>... steps) {
    return inspect(lineage, steps).base();
  }

  @SafeVarargs
  private static String page(Lineage lineage, List<String>... steps) {
    StringWriter text = new StringWriter();
    new FactsPage(new PageText(new PrintWriter(text), new Palette(false), 200))
        .print(StoredFacts.of(JsonMapper.builder().build().valueToTree(inspect(lineage, steps))));
    return text.toString();
  }

  @SafeVarargs
  private static ImageFacts inspect(Lineage lineage, List<String>... steps) {
    List<HistoryEntry> history = new ArrayList<>();
    List<String> env = new ArrayList<>();
    List<RealImages.Blob> blobs = new ArrayList<>();
    for (List<String> part : steps) {
      for (String step : part) {
        boolean layer =
            step.startsWith("ADD ") || step.startsWith("RUN ") || step.startsWith("COPY ");
        history.add(new HistoryEntry(null, step, !layer));
        if (step.startsWith("ENV ")) {
          env.add(step.substring("ENV ".length()));
        }
        if (layer) {
          LayerTar tar =
              blobs.isEmpty()
                  ? LayerTar.of().file("etc/os-release", "ID=alpine\nVERSION_ID=3.19.1\n")
                  : step.equals(UPGRADE)
                      ? LayerTar.of().file("etc/os-release", "ID=alpine\nVERSION_ID=3.19.4\n")
                      : LayerTar.of().file("opt/" + blobs.size(), "1");
          blobs.add(new RealImages.Blob(tar.gzip().bytes(), MediaTypes.OCI_LAYER_GZIP));
        }
      }
    }
    return RealImages.inspect(
        new ImageConfig(
            new Platform("linux", "amd64", null),
            null,
            null,
            env,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            null,
            List.of(),
            Map.of(),
            List.of(),
            history),
        blobs,
        lineage);
  }
}
