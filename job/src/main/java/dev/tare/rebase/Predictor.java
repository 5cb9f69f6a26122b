package dev.tare.rebase;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.facts.Image;
import dev.tare.facts.StoredFacts;
import dev.tare.inspect.FactsJson;
import dev.tare.inspect.ImageInspector;
import dev.tare.inspect.ImageSubject;
import dev.tare.inspect.InspectionContext;
import dev.tare.inspect.MovedLayers;
import dev.tare.inspect.OwnLayers;
import dev.tare.layer.LayerFacts;
import dev.tare.lineage.Lineage;
import dev.tare.lineage.LineageFinder;
import dev.tare.lineage.Subject;
import dev.tare.oci.ChainId;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.Manifest;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Predicts what images would be on other bases: their own layers and config over those of the other
 * base, measured by the code that measures real images. Safe for concurrent use.
 */
public final class Predictor {
  private final ImageInspector inspector;
  private final OwnLayers ownLayers;

  /** Measures with this inspector. */
  public Predictor(ImageInspector inspector, OwnLayers ownLayers) {
    this.inspector = inspector;
    this.ownLayers = ownLayers;
  }

  /**
   * Predicts one. Its own layers are those above the ones that it shares with its base.
   *
   * @param base the base that it is built on; of its layers nothing is read
   * @param other the other base, of the same platform
   * @throws TareException of kind USAGE where the one is no base of the image, or the other cannot
   *     be one
   */
  public Prediction predict(Stack image, Stack base, Stack other) {
    int baseLayers = image.shared(base);
    check(image, base, other);
    List<LayerFacts> own = image.layers().subList(baseLayers, image.layers().size());
    MovedLayers moved = ownLayers.over(image.layers().subList(0, baseLayers), own, other.layers());
    Objections found = new Objections(image, baseLayers, base, other, moved);
    Rebase.Standing standing = found.standing();
    boolean elsewhere = standing == Rebase.Standing.INSTALLED_ELSEWHERE;
    JsonNode document =
        standing == Rebase.Standing.REBUILD_NEEDED
            ? null
            : document(image, baseLayers, base, other, moved, elsewhere);
    return new Prediction(
        new Rebase(
            image.name(),
            image.facts().image().platform(),
            base.name(),
            other.name(),
            standing,
            own.size(),
            own.stream().mapToLong(LayerFacts::compressedBytes).sum(),
            moved.added(),
            found.obstacles(document == null ? null : StoredFacts.of(document)),
            found.notKnown(),
            null,
            null),
        image,
        moved,
        document);
  }

  private static void check(Stack image, Stack base, Stack other) {
    String why = why(image, base, other);
    if (why != null) {
      throw new TareException(FailureKind.USAGE, "rebase " + image.name() + ": " + why);
    }
  }

  /** Why it cannot be; null where it can. */
  private static @Nullable String why(Stack image, Stack base, Stack other) {
    if (image.isSame(base)) {
      return base.name() + " is the image itself, no base of it";
    }
    if (image.shared(base) == 0 && !base.config().diffIds().isEmpty()) {
      return "it has no layer of " + base.name() + ": it is built on another image";
    }
    if (image.isSame(other)) {
      return other.name() + " is the image itself, no base of it";
    }
    if (base.isSame(other)) {
      return "it is built on " + other.name() + " already";
    }
    int layers = image.config().diffIds().size();
    return layers > image.shared(base) && image.shared(other) == layers
        ? other.name() + " is built on it, which would be a circle"
        : null;
  }

  private JsonNode document(
      Stack image, int baseLayers, Stack base, Stack other, MovedLayers moved, boolean elsewhere) {
    Instant now = Instant.parse(image.document().path("evaluatedAt").asString());
    Image facts = image.facts().image();
    List<Descriptor> layers = new ArrayList<>(other.descriptors());
    layers.addAll(image.descriptors().subList(baseLayers, image.descriptors().size()));
    List<Digest> diffIds = new ArrayList<>(other.config().diffIds());
    diffIds.addAll(image.config().diffIds().subList(baseLayers, image.config().diffIds().size()));
    ImageConfig config =
        new RebasedConfig(
                image.config(),
                base.config(),
                baseLayers,
                other.config(),
                other.annotationsAsBase())
            .build(now, diffIds);
    Digest digest = digest(layers);
    Platform platform = Platform.parse(facts.platform());
    Manifest manifest =
        new Manifest(
            MediaTypes.OCI_MANIFEST,
            new Descriptor(MediaTypes.OCI_CONFIG, digest, 0),
            layers,
            null,
            null,
            RebasedConfig.naming(other.annotationsAsBase(), image.annotations()));
    ImageSubject subject =
        new ImageSubject(
            Objects.requireNonNullElse(facts.registry(), "?"),
            Objects.requireNonNullElse(facts.repository(), "?"),
            facts.tags(),
            digest,
            null,
            MediaTypes.OCI_MANIFEST,
            platform,
            manifest,
            config);
    JsonNode document =
        FactsJson.tree(
            inspector
                .measure(
                    subject,
                    moved.layers(),
                    lineage(subject, other),
                    new InspectionContext(
                        now, Objects.requireNonNullElse(image.facts().profile(), "default"), null))
                .facts());
    if (elsewhere && document instanceof ObjectNode object) {
      forgetVersions(object, moved.added(), other.layers().size());
    }
    return document;
  }

  /** Of no image: it only tells this prediction from others. */
  private static Digest digest(List<Descriptor> layers) {
    return Digest.sha256(
        layers.stream()
            .map(layer -> layer.digest().toString())
            .collect(Collectors.joining("\n", "predicted\n", ""))
            .getBytes(StandardCharsets.UTF_8));
  }

  private static Lineage lineage(ImageSubject subject, Stack other) {
    Digest digest = other.digest();
    Subject asked =
        new Subject(
            subject.digest(),
            subject.platform(),
            ChainId.ofEachPrefix(subject.config().diffIds()),
            subject.manifest().annotations(),
            subject.config().labels(),
            subject.config().history());
    return new LineageFinder(
            digest == null ? OtherBase.none() : OtherBase.of(other, digest, subject.platform()))
        .find(asked);
  }

  /** Another release has other versions: those of the own packages are not known there. */
  private static void forgetVersions(ObjectNode document, List<String> added, int baseLayers) {
    Set<String> names = new TreeSet<>(added);
    int forgotten = 0;
    for (JsonNode item : document.path("packages").path("items")) {
      if (item instanceof ObjectNode own
          && item.path("layer").asInt(-1) >= baseLayers
          && names.contains(
              item.path("name").asString("") + " " + item.path("version").asString(""))) {
        own.putNull("version").putNull("purl").putNull("source");
        forgotten++;
      }
    }
    if (forgotten > 0 && document.path("gaps").isArray()) {
      document
          .withArray("gaps")
          .addObject()
          .put("fact", "packages.items")
          .putNull("path")
          .putNull("layer")
          .put(
              "reason",
              "of "
                  + forgotten
                  + " packages that own layers install, the versions on the other base are not"
                  + " known");
    }
  }
}
