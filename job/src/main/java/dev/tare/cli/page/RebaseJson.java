package dev.tare.cli.page;

import dev.tare.diff.ImageDiff;
import dev.tare.rebase.Rebase;
import dev.tare.rebase.RebasedImages;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Images on other bases, for programs: by {@code tare/schemas/rebase.schema.json}. */
public final class RebaseJson {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private RebaseJson() {}

  /** One object for all of them. */
  public static String text(RebasedImages rebased) {
    ObjectNode all = MAPPER.createObjectNode();
    ArrayNode images = all.putArray("images");
    rebased.images().forEach(rebase -> put(images.addObject(), rebase));
    all.set("notRebased", MAPPER.valueToTree(rebased.notRebased()));
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }

  private static void put(ObjectNode object, Rebase rebase) {
    object.put("image", rebase.image());
    object.put("platform", rebase.platform());
    object.put("from", rebase.from());
    object.put("onto", rebase.onto());
    object.put("standing", rebase.standing().word());
    object.putObject("own").put("layers", rebase.ownLayers()).put("compressed", rebase.ownBytes());
    object.set("ownPackages", MAPPER.valueToTree(rebase.ownPackages()));
    object.set("obstacles", MAPPER.valueToTree(rebase.obstacles()));
    object.set("notKnown", MAPPER.valueToTree(rebase.notKnown()));
    ImageDiff diff = rebase.diff();
    if (diff == null) {
      object.putNull("difference");
    } else {
      DiffJson.put(object.putObject("difference"), diff);
    }
    object.set("vulnerabilities", MAPPER.valueToTree(rebase.vulnerabilities()));
  }
}
