package dev.tare.policy;

import dev.tare.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Identifies a finding across builds: the same rule, repository and platform, and the same {@code
 * identity} in its evidence (for tools their names), whatever the tag, the digest, the layer or the
 * size.
 */
final class Fingerprint {
  private static final int LENGTH = 32;

  private Fingerprint() {}

  static String of(ImageName image, String rule, JsonNode evidence) {
    String identity =
        StreamSupport.stream(evidence.path("identity").spliterator(), false)
            .map(JsonNode::toString)
            .sorted()
            .collect(Collectors.joining(","));
    String text =
        String.join("\n", rule, image.registry(), image.repository(), image.platform(), identity);
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).toString().substring(7, 7 + LENGTH);
  }
}
