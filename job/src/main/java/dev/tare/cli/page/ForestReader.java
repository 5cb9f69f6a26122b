package dev.tare.cli.page;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.RunResults;
import dev.tare.lineage.Ancestor;
import dev.tare.lineage.ForestImage;
import dev.tare.lineage.Lineage.Outdated;
import dev.tare.oci.Digest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

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
        image.facts());
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
      List<String> names, Digest digest, String platform, JsonNode facts) {
    JsonNode base = facts.path("base");
    return new ForestImage(
        names,
        digest,
        platform,
        facts
            .path("layers")
            .valueStream()
            .map(layer ->
                new ForestImage.Layer(
                    Digest.parse(layer.path("digest").asString()),
                    layer.path("compressed").asLong(0)))
            .toList(),
        base.path("lineage").valueStream().map(ForestReader::ancestor).toList(),
        outdated(base.path("outdated")));
  }

  private static Ancestor ancestor(JsonNode node) {
    return new Ancestor(
        node.path("reference").asString("?"),
        digest(node.path("digest")),
        node.path("layers").asInt(0),
        node.path("evidence").valueStream().map(JsonNode::asString).toList(),
        node.path("confidence").asDouble(0),
        node.path("tie").asBoolean(false));
  }

  private static Outdated outdated(JsonNode node) {
    JsonNode lag = node.path("lagDays");
    return new Outdated(
        node.path("known").asBoolean(false),
        digest(node.path("currentDigest")),
        lag.isNumber() ? lag.intValue() : null,
        null);
  }

  private static @Nullable Digest digest(JsonNode node) {
    return node.isString() ? Digest.parse(node.stringValue()) : null;
  }
}
