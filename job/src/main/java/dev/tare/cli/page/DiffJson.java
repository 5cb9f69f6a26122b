package dev.tare.cli.page;

import dev.tare.diff.ComparedImage;
import dev.tare.diff.ImageDiff;
import dev.tare.facts.Layer;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What differs between two images, for programs: by {@code tare/schemas/diff.schema.json}. */
public final class DiffJson {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private DiffJson() {}

  /** An array with an object for each pair of images. */
  public static String text(List<ImageDiff> diffs) {
    ArrayNode all = MAPPER.createArrayNode();
    diffs.forEach(diff -> put(all.addObject(), diff));
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }

  /** Writes one pair into an object. */
  static void put(ObjectNode object, ImageDiff diff) {
    image(object.putObject("before"), diff.before());
    image(object.putObject("after"), diff.after());
    ArrayNode sizes = object.putArray("sizes");
    for (ImageDiff.Quantity size : diff.sizes()) {
      sizes
          .addObject()
          .put("name", size.name())
          .put("before", size.before())
          .put("after", size.after());
    }
    ObjectNode layers = object.putObject("layers").put("shared", diff.sharedLayers());
    layers(layers.putArray("removed"), diff.layersBefore());
    layers(layers.putArray("added"), diff.layersAfter());
    object.set("packages", MAPPER.valueToTree(diff.packages()));
    object.set("tools", MAPPER.valueToTree(diff.tools()));
    object.set("vulnerabilities", MAPPER.valueToTree(diff.vulnerabilities()));
    object.set("configuration", MAPPER.valueToTree(diff.configuration()));
    object.set("findings", MAPPER.valueToTree(diff.findings()));
    ObjectNode files = object.putObject("files");
    files.put("same", diff.files().same()).put("notCompared", diff.files().alike());
    FileTreeJson.changed(files.putObject("changes"), diff.files().tree());
    object.set("notMeasured", MAPPER.valueToTree(diff.notMeasured()));
  }

  private static void image(ObjectNode object, ComparedImage image) {
    object.put("name", image.name());
    object.put("digest", image.document().path("image").path("digest").asString(null));
    object.set("platform", image.document().path("image").path("platform"));
  }

  private static void layers(ArrayNode array, List<Layer> layers) {
    for (Layer layer : layers) {
      array
          .addObject()
          .put("digest", layer.digest() == null ? null : layer.digest().toString())
          .put("compressed", layer.compressed())
          .put("createdBy", layer.createdBy());
    }
  }
}
