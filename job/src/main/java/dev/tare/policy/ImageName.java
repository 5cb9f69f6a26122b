package dev.tare.policy;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Which image a facts document is about.
 *
 * @param platform {@code linux/amd64}
 */
record ImageName(String registry, String repository, List<String> tags, String platform) {
  ImageName {
    tags = List.copyOf(tags);
  }

  static ImageName of(JsonNode facts) {
    JsonNode image = facts.path("image");
    JsonNode platform = image.path("platform");
    String variant = platform.path("variant").asString("");
    List<String> tags = new ArrayList<>();
    image.path("tags").forEach(tag -> tags.add(tag.asString("")));
    return new ImageName(
        image.path("registry").asString(""),
        image.path("repository").asString(""),
        tags,
        platform.path("os").asString("")
            + "/"
            + platform.path("architecture").asString("")
            + (variant.isEmpty() ? "" : "/" + variant));
  }
}
