package dev.tare.plan;

import dev.tare.facts.Base;
import dev.tare.facts.Image;
import dev.tare.facts.Layer;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.ActionKind;
import dev.tare.finding.BasePrediction;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.TagLine;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a plan needs of one image.
 *
 * @param line {@code localhost:5001/team/web:*}
 * @param ancestors whose name and number of layers are known, root first
 * @param layers root first
 * @param waived rules of failures that are nobody's work
 * @param unknown rules that could not be judged
 */
record ImageView(
    PlannedImage image,
    String line,
    List<Ancestor> ancestors,
    Base.Outdated outdated,
    Image.Config config,
    List<LayerView> layers,
    List<Failure> failures,
    Set<String> waived,
    Set<String> unknown,
    List<BasePrediction> predictions) {
  /**
   * An image that this one stands on.
   *
   * @param reference says so where it is only probable
   * @param digest empty where it is not known
   * @param layers 0 where they are not known
   */
  record Ancestor(String reference, String digest, int layers) {}

  /** A layer; sizes in bytes, null is unknown. */
  record LayerView(
      String digest,
      @Nullable Long compressed,
      @Nullable Long uncompressed,
      @Nullable String createdBy) {}

  static ImageView of(JudgedImage image, Map<String, ActionKind> kinds, Sharing sharing) {
    StoredFacts facts = StoredFacts.of(image.facts());
    Base base = facts.base();
    String line = TagLine.of(image.tags()).of(image.registry(), image.repository());
    return new ImageView(
        new PlannedImage(image.reference(), image.digest(), image.platform()),
        line,
        base.lineage().stream()
            .filter(ancestor -> ancestor.reference() != null && ancestor.layers() != null)
            .filter(ancestor -> !isEarlierBuild(ancestor, line))
            .map(ancestor -> sharing.one(ancestor(ancestor)))
            .sorted(Comparator.comparingInt(Ancestor::layers))
            .toList(),
        base.outdated(),
        facts.image().config(),
        facts.layers().stream().map(layer -> sharing.one(layer(layer))).toList(),
        image.outcomes().stream()
            .filter(outcome -> outcome.kind() == OutcomeKind.FAIL)
            .map(outcome ->
                Failure.of(outcome, kinds.getOrDefault(outcome.rule(), ActionKind.OTHER), sharing))
            .toList(),
        rules(image, OutcomeKind.WAIVED, sharing),
        rules(image, OutcomeKind.UNKNOWN, sharing),
        image.predictions());
  }

  private static Set<String> rules(JudgedImage image, OutcomeKind kind, Sharing sharing) {
    return image.outcomes().stream()
        .filter(outcome -> outcome.kind() == kind)
        .map(outcome -> sharing.one(outcome.rule()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What is of the same line is no base of it. */
  private static boolean isEarlierBuild(Base.Ancestor ancestor, String line) {
    return line.equals(TagLine.ofReference(Objects.requireNonNull(ancestor.reference())));
  }

  private static Ancestor ancestor(Base.Ancestor ancestor) {
    String reference = Objects.requireNonNull(ancestor.reference());
    return new Ancestor(
        ancestor.evidence().contains("family") ? reference + " (probably)" : reference,
        ancestor.digest() == null ? "" : ancestor.digest().toString(),
        Objects.requireNonNull(ancestor.layers()));
  }

  private static LayerView layer(Layer layer) {
    return new LayerView(
        layer.digest() == null ? "" : layer.digest().toString(),
        layer.compressed(),
        layer.uncompressed(),
        layer.createdBy());
  }

  /** The digests of its ancestors, as far as they are known. */
  List<String> standsOn() {
    return ancestors.stream().map(Ancestor::digest).filter(digest -> !digest.isEmpty()).toList();
  }

  /** The nearest image that it stands on; null where none is known. */
  @Nullable Ancestor parent() {
    return ancestors.isEmpty() ? null : ancestors.getLast();
  }

  /** Whether the layers of the nearest are known, so that what is above them is its own. */
  boolean isParted() {
    Ancestor parent = parent();
    return parent != null && parent.layers() > 0;
  }

  /** The ancestor that brought this layer; null where none that is known did. */
  @Nullable Ancestor bringer(int layer) {
    return ancestors.stream().filter(one -> one.layers() > layer).findFirst().orElse(null);
  }

  /** Whether it is known who brought what is in this place, where no ancestor is known to. */
  boolean tellsOrigin(Place place) {
    return place.isWhole() || place.inBase() != null || (place.layer() != null && isParted());
  }

  @Nullable LayerView layer(@Nullable Integer index) {
    return index != null && index >= 0 && index < layers.size() ? layers.get(index) : null;
  }

  /** The layers above all known ancestors. */
  List<LayerView> ownLayers() {
    Ancestor parent = parent();
    return layers.subList(
        parent == null ? 0 : Math.min(parent.layers(), layers.size()), layers.size());
  }
}
