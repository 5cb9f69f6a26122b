package dev.tare.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.lineage.Lineage.Annotated;
import dev.tare.lineage.Lineage.Outdated;
import dev.tare.lineage.Lineage.Standing;
import dev.tare.oci.ChainId;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig.HistoryEntry;
import dev.tare.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineageFinderTest {
  private static final Platform AMD64 = Platform.parse("linux/amd64");
  private static final Platform ARM64 = Platform.parse("linux/arm64/v8");
  private static final String NAME = "org.opencontainers.image.base.name";
  private static final String DIGEST = "org.opencontainers.image.base.digest";
  private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");

  private final KnownImage debian = known("hub.test/debian:12", AMD64, "rootfs");
  private final KnownImage node = known("hub.test/node:22", AMD64, "rootfs", "apt", "node");
  private final KnownImage app = known("hub.test/app:1", AMD64, "rootfs", "apt", "node", "app");

  @Test
  void longestStrictPrefixIsTheParentAndTheShortestTheRoot() {
    Lineage lineage = find(new InMemoryCatalog().with(app).with(node).with(debian), subject(app));

    assertThat(lineage.chain())
        .extracting(Ancestor::reference)
        .containsExactly("hub.test/debian:12", "hub.test/node:22");
    assertThat(lineage.root())
        .isEqualTo(
            new Ancestor("hub.test/debian:12", debian.digest(), 1, List.of("layers"), 1.0, false));
    assertThat(lineage.parent())
        .isEqualTo(
            new Ancestor("hub.test/node:22", node.digest(), 3, List.of("layers"), 1.0, false));
    assertThat(lineage.baseLayers()).isEqualTo(3);
    assertThat(lineage.annotated()).isNull();
  }

  @Test
  void imageWithLayersThatOnlyBeginAlikeIsNoAncestor() {
    KnownImage other = known("hub.test/other:1", AMD64, "rootfs", "apt", "python");
    Lineage lineage = find(new InMemoryCatalog().with(other).with(debian), subject(app));
    assertThat(lineage.chain())
        .extracting(Ancestor::reference)
        .containsExactly("hub.test/debian:12");
  }

  @Test
  void imagesWithTheSameWholeStackAreSiblingsNotAncestors() {
    KnownImage copy = known("hub.test/copy:1", AMD64, "rootfs", "apt", "node", "app");
    Lineage lineage = find(new InMemoryCatalog().with(app).with(copy), subject(app));
    assertThat(lineage.chain()).isEmpty();
    assertThat(lineage.parent()).isNull();
    assertThat(lineage.root()).isNull();
    assertThat(lineage.baseLayers()).isZero();
    assertThat(lineage.outdated()).isEqualTo(Outdated.NO_PARENT);
  }

  @Test
  void imagesWithOneStackAreAllListedAsTies() {
    KnownImage twin = known("hub.test/debian-slim:12", AMD64, "rootfs");
    Lineage lineage = find(new InMemoryCatalog().with(debian).with(twin), subject(app));
    assertThat(lineage.chain())
        .extracting(Ancestor::reference)
        .containsExactly("hub.test/debian-slim:12", "hub.test/debian:12");
    assertThat(lineage.chain()).allMatch(Ancestor::tie);
    assertThat(lineage.outdated())
        .isEqualTo(Outdated.unknown("several known images fit equally well as the parent"));
  }

  @Test
  void annotationTellsWhichOfSeveralTiesItWas() {
    KnownImage twin = known("hub.test/debian-slim:12", AMD64, "rootfs");
    Lineage lineage =
        find(
            new InMemoryCatalog().with(debian).with(twin),
            subject(app, Map.of(DIGEST, twin.digest().toString())));
    assertThat(lineage.chain())
        .containsExactly(
            new Ancestor(
                "hub.test/debian-slim:12",
                twin.digest(),
                1,
                List.of("annotation", "layers"),
                1.0,
                false));
    assertThat(lineage.annotated())
        .isEqualTo(new Annotated(null, twin.digest(), Standing.CONFIRMED));
  }

  @Test
  void annotatedNameIsConfirmedByLayersOfAnImageOfThatName() {
    KnownImage alpine = known("docker.io/library/alpine:3.20", AMD64, "rootfs");
    Lineage lineage =
        find(new InMemoryCatalog().with(alpine), subject(app, Map.of(NAME, "alpine:3.20")));
    assertThat(lineage.parent())
        .isEqualTo(
            new Ancestor(
                "alpine:3.20", alpine.digest(), 1, List.of("annotation", "layers"), 1.0, false));
  }

  @Test
  void annotatedIndexDigestStandsForTheImageOfTheSamePlatform() {
    KnownImage arm = known("hub.test/debian:12", ARM64, "arm rootfs");
    Digest index = digest("index");
    Lineage lineage =
        find(
            new InMemoryCatalog().with(debian).with(arm).index(index, arm, debian),
            subject(app, Map.of(NAME, "hub.test/debian:12", DIGEST, index.toString())));
    assertThat(lineage.parent())
        .isEqualTo(
            new Ancestor(
                "hub.test/debian:12",
                debian.digest(),
                1,
                List.of("annotation", "layers"),
                1.0,
                false));
  }

  @Test
  void annotationThatContradictsTheLayersIsNotBelieved() {
    KnownImage python = known("hub.test/python:3", AMD64, "other rootfs");
    Lineage lineage =
        find(
            new InMemoryCatalog().with(debian).with(python),
            subject(app, Map.of(NAME, "hub.test/python:3", DIGEST, python.digest().toString())));
    assertThat(lineage.chain())
        .extracting(Ancestor::reference)
        .containsExactly("hub.test/debian:12");
    assertThat(lineage.annotated())
        .isEqualTo(new Annotated("hub.test/python:3", python.digest(), Standing.CONTRADICTED));
  }

  @Test
  void contradictedAnnotationIsNoAncestorEvenWithoutAnother() {
    KnownImage python = known("hub.test/python:3", AMD64, "other rootfs");
    Lineage lineage =
        find(
            new InMemoryCatalog().with(python),
            subject(app, Map.of(DIGEST, python.digest().toString())));
    assertThat(lineage.chain()).isEmpty();
  }

  @Test
  void annotationOfAnUnknownImageIsAnEstimateWithoutLayers() {
    Digest unknown = digest("never seen");
    Lineage lineage =
        find(
            new InMemoryCatalog(),
            subject(app, Map.of(NAME, "hub.test/gone:1", DIGEST, unknown.toString())));
    assertThat(lineage.parent())
        .isEqualTo(new Ancestor("hub.test/gone:1", unknown, 0, List.of("annotation"), 0.6, false));
    assertThat(lineage.root()).isNull();
    assertThat(lineage.baseLayers()).isZero();
    assertThat(lineage.annotated())
        .isEqualTo(new Annotated("hub.test/gone:1", unknown, Standing.UNCONFIRMED));
  }

  @Test
  void bareDigestOfAnUnknownImageIsNoAncestor() {
    // As buildah 1.28 annotates an image built FROM scratch.
    Digest unknown = digest("never seen");
    Lineage lineage =
        find(new InMemoryCatalog(), subject(app, Map.of(NAME, "", DIGEST, unknown.toString())));
    assertThat(lineage.chain()).isEmpty();
    assertThat(lineage.parent()).isNull();
    assertThat(lineage.annotated()).isEqualTo(new Annotated(null, unknown, Standing.UNCONFIRMED));
    assertThat(lineage.outdated()).isEqualTo(Outdated.NO_PARENT);
  }

  @Test
  void unconfirmedAnnotationDoesNotPushAsideWhatLayersProve() {
    Lineage lineage =
        find(new InMemoryCatalog().with(debian), subject(app, Map.of(NAME, "hub.test/gone:1")));
    assertThat(lineage.chain())
        .extracting(Ancestor::reference)
        .containsExactly("hub.test/debian:12");
    assertThat(lineage.annotated())
        .isEqualTo(new Annotated("hub.test/gone:1", null, Standing.UNCONFIRMED));
  }

  @Test
  void labelCountsWhereTheManifestSaysNothing() {
    Subject labelled =
        new Subject(
            app.digest(),
            AMD64,
            app.chainIds(),
            Map.of(),
            Map.of(NAME, "hub.test/debian:12"),
            List.of());
    assertThat(find(new InMemoryCatalog().with(debian), labelled).annotated())
        .isEqualTo(new Annotated("hub.test/debian:12", null, Standing.CONFIRMED));
  }

  @Test
  void malformedAnnotatedDigestSaysNothing() {
    Lineage lineage =
        find(new InMemoryCatalog().with(debian), subject(app, Map.of(DIGEST, "latest")));
    assertThat(lineage.annotated()).isNull();
    assertThat(lineage.parent()).isNotNull();
  }

  @Test
  void imageThatAddsNoLayerIsAChildOnlyOfWhatItNames() {
    KnownImage onlyEnv = known("hub.test/env:1", AMD64, "rootfs");
    InMemoryCatalog catalog = new InMemoryCatalog().with(debian).with(onlyEnv);
    assertThat(find(catalog, subject(onlyEnv)).chain()).isEmpty();
    assertThat(find(catalog, subject(onlyEnv, Map.of(DIGEST, debian.digest().toString()))).parent())
        .isEqualTo(
            new Ancestor(
                "hub.test/debian:12",
                debian.digest(),
                1,
                List.of("annotation", "layers"),
                1.0,
                false));
  }

  @Test
  void imageFromScratchHasNoAncestors() {
    KnownImage empty = known("hub.test/empty:1", AMD64);
    Lineage lineage =
        find(
            new InMemoryCatalog().with(empty).with(app),
            subject(known("hub.test/static:1", AMD64, "binary"), Map.of(NAME, "scratch")));
    assertThat(lineage.chain()).isEmpty();
    assertThat(find(new InMemoryCatalog().with(app), subject(empty)).chain()).isEmpty();
  }

  @Test
  void emptyLayersCountAsLayersOfTheStack() {
    KnownImage withEmpty = known("hub.test/base:1", AMD64, "rootfs", "nothing", "nothing");
    Lineage lineage =
        find(
            new InMemoryCatalog().with(withEmpty),
            subject(known("x.test/y:1", AMD64, "rootfs", "nothing", "nothing", "nothing")));
    assertThat(lineage.baseLayers()).isEqualTo(3);
  }

  @Test
  void imageOfAnotherPlatformIsNoAncestor() {
    KnownImage arm = known("hub.test/noarch:1", ARM64, "rootfs");
    assertThat(find(new InMemoryCatalog().with(arm), subject(app)).chain()).isEmpty();
  }

  @Test
  void variantThatOneSideDoesNotNameDecidesNothing() {
    KnownImage base = known("hub.test/base:1", Platform.parse("linux/arm64"), "rootfs");
    KnownImage child = known("hub.test/child:1", ARM64, "rootfs", "more");
    assertThat(find(new InMemoryCatalog().with(base), subject(child)).parent()).isNotNull();
  }

  @Test
  void parentWhoseTagMovedOnIsOutdatedByTheDaysBetween() {
    KnownImage rebuilt =
        new KnownImage(
            List.of("hub.test/node:22"),
            digest("rebuilt"),
            AMD64,
            chain("new rootfs", "apt", "node"),
            JANUARY.plusSeconds(40L * 86_400));
    Digest index = digest("index of rebuilt");
    InMemoryCatalog catalog =
        new InMemoryCatalog()
            .with(node)
            .with(rebuilt)
            .index(index, rebuilt)
            .tag("hub.test/node:22", index);
    assertThat(find(catalog, subject(app)).outdated())
        .isEqualTo(Outdated.current(rebuilt.digest(), 40));
  }

  @Test
  void parentWhoseTagStillNamesItIsUpToDate() {
    Digest index = digest("index");
    InMemoryCatalog catalog =
        new InMemoryCatalog().with(node).index(index, node).tag("hub.test/node:22", index);
    assertThat(find(catalog, subject(app)).outdated())
        .isEqualTo(Outdated.current(node.digest(), 0));
  }

  @Test
  void currentIndexOfUnknownContentLeavesOutdatedUnknown() {
    InMemoryCatalog catalog =
        new InMemoryCatalog().with(node).tag("hub.test/node:22", digest("never fetched"));
    assertThat(find(catalog, subject(app)).outdated().known()).isFalse();
  }

  @Test
  void commandsBelowTheLastLayerAreBoundariesAndTheImagesOwnIsNot() {
    // Of docker.io/library/node, cut short: debian ends at 1, node at 4, the image's own CMD at 6.
    List<HistoryEntry> history =
        Stream.of(
                "/bin/sh -c #(nop) ADD file:7d2 in / ",
                "/bin/sh -c #(nop)  CMD [\"bash\"]",
                "/bin/sh -c apt-get update",
                "ENV NODE_VERSION=22",
                "CMD [\"node\"]",
                "COPY . /app # buildkit",
                "CMD [\"node\" \"app.js\"]")
            .map(line ->
                new HistoryEntry(null, line, line.contains("CMD") || line.startsWith("ENV")))
            .toList();
    Subject subject = new Subject(app.digest(), AMD64, app.chainIds(), Map.of(), Map.of(), history);
    assertThat(find(new InMemoryCatalog(), subject).boundaries()).containsExactly(1, 4);
  }

  @Test
  void baseThatIsNotKnownIsConfirmedByTheLayersItsRegistryShows() {
    InMemoryBases registry = new InMemoryBases().with("hub.test/node:22", node);
    Lineage lineage =
        new LineageFinder(new InMemoryCatalog(), registry)
            .find(subject(app, Map.of(NAME, "hub.test/node:22", DIGEST, node.digest().toString())));
    assertThat(lineage.parent())
        .isEqualTo(
            new Ancestor(
                "hub.test/node:22", node.digest(), 3, List.of("annotation", "layers"), 1.0, false));
    assertThat(lineage.outdated()).isEqualTo(Outdated.current(node.digest(), 0));
  }

  @Test
  void failedLookUpLeavesTheEstimateAndSaysWhyFreshnessIsNotKnown() {
    InMemoryBases registry = new InMemoryBases().failing("resolve hub.test/gone:1: 503");
    Digest unknown = digest("never seen");
    Lineage lineage =
        new LineageFinder(new InMemoryCatalog(), registry)
            .find(subject(app, Map.of(NAME, "hub.test/gone:1", DIGEST, unknown.toString())));
    assertThat(lineage.parent())
        .isEqualTo(new Ancestor("hub.test/gone:1", unknown, 0, List.of("annotation"), 0.6, false));
    assertThat(lineage.outdated()).isEqualTo(Outdated.unknown("resolve hub.test/gone:1: 503"));
  }

  @Test
  void namedBaseWhoseTagNamesAnotherDigestIsOutdatedEvenWhereItsLayersAreGone() {
    KnownImage rebuilt = known("hub.test/node:22", AMD64, "new rootfs", "node");
    InMemoryBases registry = new InMemoryBases().with("hub.test/node:22", rebuilt);
    Lineage lineage =
        new LineageFinder(new InMemoryCatalog(), registry)
            .find(subject(app, Map.of(NAME, "hub.test/node:22", DIGEST, digest("old").toString())));
    assertThat(lineage.chain()).extracting(Ancestor::confidence).containsExactly(0.6);
    assertThat(lineage.outdated()).isEqualTo(Outdated.current(rebuilt.digest(), null));
  }

  @Test
  void materialsOfProvenanceCountOnlyWhereTheirLayersAreThere() {
    KnownImage golang = known("hub.test/golang:1", AMD64, "compiler");
    KnownImage twin = known("hub.test/twin:12", AMD64, "rootfs");
    Subject attested =
        new Subject(
            app.digest(),
            AMD64,
            app.chainIds(),
            Map.of(),
            Map.of(),
            List.of(),
            List.of(
                new Material("pkg:docker/hub.test/golang@1", golang.digest()),
                new Material("pkg:docker/hub.test/debian@12", debian.digest())));
    Lineage lineage = find(new InMemoryCatalog().with(golang).with(debian).with(twin), attested);
    assertThat(lineage.chain())
        .containsExactly(
            new Ancestor(
                "hub.test/debian:12",
                debian.digest(),
                1,
                List.of("provenance", "layers"),
                1.0,
                false));
  }

  @Test
  void historyTellsWhichOfTheTiesItWas() {
    KnownImage bare = withHistory("hub.test/bare:1", "ADD rootfs");
    KnownImage configured = withHistory("hub.test/configured:1", "ADD rootfs", "ENV A=b");
    KnownImage other = withHistory("hub.test/other:1", "ADD rootfs", "ENV C=d");
    Subject subject =
        new Subject(
            app.digest(),
            AMD64,
            app.chainIds(),
            Map.of(),
            Map.of(),
            history("ADD rootfs", "ENV A=b", "RUN apt"));
    assertThat(find(new InMemoryCatalog().with(bare).with(configured).with(other), subject).chain())
        .containsExactly(
            new Ancestor(
                "hub.test/configured:1",
                configured.digest(),
                1,
                List.of("layers", "history"),
                1.0,
                false));
  }

  @Test
  void imageThatOnlyContinuesTheHistoryOfAnotherStandsOnIt() {
    KnownImage bare = withHistory("hub.test/bare:1", "ADD rootfs");
    KnownImage sibling = withHistory("hub.test/sibling:1", "ADD rootfs", "ENV C=d");
    Subject subject =
        new Subject(
            digest("configured"),
            AMD64,
            bare.chainIds(),
            Map.of(),
            Map.of(),
            history("ADD rootfs", "ENV A=b"));
    assertThat(find(new InMemoryCatalog().with(bare).with(sibling), subject).chain())
        .containsExactly(
            new Ancestor(
                "hub.test/bare:1", bare.digest(), 1, List.of("layers", "history"), 0.9, false));
  }

  @Test
  void laterBuildOfTheSameNameWithTheSameLayersIsNoTie() {
    KnownImage later = known("hub.test/debian:12", Platform.parse("linux/amd64/v2"), "rootfs");
    assertThat(find(new InMemoryCatalog().with(later).with(debian), subject(app)).chain())
        .extracting(Ancestor::digest, Ancestor::tie)
        .containsExactly(tuple(later.digest(), false));
  }

  @Test
  void tagsThatDisagreeLeaveFreshnessUnknown() {
    KnownImage fixed =
        new KnownImage(
            List.of("hub.test/node:22.1", "hub.test/node:22"),
            node.digest(),
            AMD64,
            node.chainIds(),
            JANUARY);
    KnownImage rebuilt =
        new KnownImage(
            List.of("hub.test/node:22"), digest("rebuilt"), AMD64, chain("other", "node"), JANUARY);
    InMemoryCatalog catalog =
        new InMemoryCatalog()
            .with(fixed)
            .with(rebuilt)
            .tag("hub.test/node:22.1", node.digest())
            .tag("hub.test/node:22", rebuilt.digest());
    assertThat(find(catalog, subject(app)).outdated().unknownBecause())
        .startsWith("the parent has the tags hub.test/node:22.1, hub.test/node:22");
    assertThat(find(catalog, subject(app, Map.of(NAME, "hub.test/node:22.1"))).outdated())
        .isEqualTo(Outdated.current(node.digest(), 0));
  }

  @Test
  void parentInAFileHasNoTagThatCouldMove() {
    String file = "docker-archive:/build/node.tar/node:22";
    KnownImage saved =
        new KnownImage(List.of(file), node.digest(), AMD64, node.chainIds(), JANUARY);
    assertThat(find(new InMemoryCatalog().with(saved), subject(app)).outdated().unknownBecause())
        .isEqualTo("the parent " + file + " is known from a file only");
    KnownImage both =
        new KnownImage(
            List.of(file, "hub.test/node:22"), node.digest(), AMD64, node.chainIds(), JANUARY);
    InMemoryCatalog catalog =
        new InMemoryCatalog().with(both).tag("hub.test/node:22", node.digest());
    assertThat(find(catalog, subject(app)).outdated())
        .isEqualTo(Outdated.current(node.digest(), 0));
  }

  @Test
  void baseThatIsKnownByItsNameOnlySaysWhyNobodyCouldBeAsked() {
    KnownImage app = known("hub.test/app:1", AMD64, "rootfs", "app");
    BaseRegistry silent = new InMemoryBases().failing("hub.test does not answer");

    Lineage lineage =
        new LineageFinder(new InMemoryCatalog(), silent)
            .find(subject(app, Map.of("org.opencontainers.image.base.name", "hub.test/base:1")));

    assertThat(lineage.outdated().unknownBecause())
        .endsWith("is known by its name only: hub.test does not answer");
  }

  private static KnownImage withHistory(String reference, String... lines) {
    return new KnownImage(
        List.of(reference), digest(reference), AMD64, chain("rootfs"), JANUARY, history(lines));
  }

  private static List<HistoryEntry> history(String... lines) {
    return Stream.of(lines)
        .map(line -> new HistoryEntry(JANUARY, line, line.startsWith("ENV")))
        .toList();
  }

  /** Registries that hold what a test puts in. */
  private static final class InMemoryBases implements BaseRegistry {
    private final Map<String, KnownImage> images = new HashMap<>();
    private String failure = "404";

    InMemoryBases with(String name, KnownImage image) {
      images.put(name, image);
      return this;
    }

    InMemoryBases failing(String message) {
      failure = message;
      return this;
    }

    @Override
    public Digest currentDigest(String name) {
      return found(name).digest();
    }

    @Override
    public List<KnownImage> images(String name, Digest digest) {
      KnownImage image = found(name);
      if (!image.digest().equals(digest)) {
        throw new TareException(FailureKind.NOT_FOUND, "pull " + name + "@" + digest + ": 404");
      }
      return List.of(image);
    }

    private KnownImage found(String name) {
      KnownImage image = images.get(name);
      if (image == null) {
        throw new TareException(FailureKind.TRANSIENT, failure);
      }
      return image;
    }
  }

  private static Lineage find(ImageCatalog catalog, Subject subject) {
    return new LineageFinder(catalog).find(subject);
  }

  private static Subject subject(KnownImage image) {
    return subject(image, Map.of());
  }

  private static Subject subject(KnownImage image, Map<String, String> annotations) {
    return new Subject(
        image.digest(), image.platform(), image.chainIds(), annotations, Map.of(), List.of());
  }

  private static KnownImage known(String reference, Platform platform, String... layers) {
    return new KnownImage(
        List.of(reference), digest(reference + platform), platform, chain(layers), JANUARY);
  }

  private static List<Digest> chain(String... layers) {
    return ChainId.ofEachPrefix(Stream.of(layers).map(LineageFinderTest::digest).toList());
  }

  private static Digest digest(String text) {
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
