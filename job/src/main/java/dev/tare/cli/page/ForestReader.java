package dev.tare.cli.page;

import dev.tare.facts.Base;
import dev.tare.facts.Layer;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.RunResults;
import dev.tare.lineage.Ancestor;
import dev.tare.lineage.ForestImage;
import dev.tare.lineage.Lineage.Outdated;
import dev.tare.oci.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Takes from the stored facts of a run what a forest is made of. */
public final class ForestReader {
  private ForestReader() {}

  public static List<ForestImage> images(RunResults results) {
    List<ForestImage> images = new ArrayList<>();
    results.forEachImage(image -> images.add(image(image)));
    return images;
  }

  private static ForestImage image(JudgedImage image) {
    return image(
        names(image.registry() + "/" + image.repository(), image.tags(), image.reference()),
        Digest.parse(image.digest()),
        image.platform(),
        StoredFacts.of(image.facts()));
  }

  /** The name to show first, then the others. */
  private static List<String> names(String repository, List<String> tags, String reference) {
    List<String> names = new ArrayList<>(List.of(reference));
    tags.stream()
        .map(tag -> repository + ":" + tag)
        .filter(name -> !name.equals(reference))
        .forEach(names::add);
    return names;
  }

  private static ForestImage image(
      List<String> names, Digest digest, String platform, StoredFacts facts) {
    Base base = facts.base();
    return new ForestImage(
        names,
        digest,
        platform,
        layers(facts),
        base.lineage().stream().map(ForestReader::ancestor).toList(),
        new Outdated(
            Boolean.TRUE.equals(base.outdated().known()),
            base.outdated().currentDigest(),
            base.outdated().lagDays(),
            null));
  }

  /** As far up from the root as they are known. */
  private static List<ForestImage.Layer> layers(StoredFacts facts) {
    List<ForestImage.Layer> layers = new ArrayList<>();
    for (Layer layer : facts.layers()) {
      Digest digest = layer.digest();
      Long bytes = layer.compressed();
      if (digest == null || bytes == null) {
        break;
      }
      layers.add(new ForestImage.Layer(digest, bytes));
    }
    return layers;
  }

  private static Ancestor ancestor(Base.Ancestor ancestor) {
    return new Ancestor(
        Known.text(ancestor.reference()),
        ancestor.digest(),
        Objects.requireNonNullElse(ancestor.layers(), 0),
        ancestor.evidence(),
        Objects.requireNonNullElse(ancestor.confidence(), 0.0),
        Boolean.TRUE.equals(ancestor.tie()));
  }
}
