package dev.tare.rebase;

import dev.tare.facts.Image;
import dev.tare.facts.StoredFacts;
import dev.tare.layer.LayerFacts;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An image with what is stored of its layers, root first.
 *
 * @param name as it was asked for
 * @param digest of its manifest; null for {@code scratch}
 * @param descriptors of its layers, as its manifest has them
 * @param document its facts; an empty object for {@code scratch}
 */
public record Stack(
    String name,
    @Nullable Digest digest,
    List<Descriptor> descriptors,
    Map<String, String> annotations,
    ImageConfig config,
    List<LayerFacts> layers,
    JsonNode document) {
  /** The base without layers. */
  public static final Stack SCRATCH =
      new Stack(
          "scratch",
          null,
          List.of(),
          Map.of(),
          ImageConfig.EMPTY,
          List.of(),
          JsonMapper.shared().createObjectNode());

  /** Copies the collections. */
  public Stack {
    descriptors = List.copyOf(descriptors);
    annotations = Map.copyOf(annotations);
    layers = List.copyOf(layers);
  }

  StoredFacts facts() {
    return StoredFacts.of(document);
  }

  /** How many of the lowest layers it has in common with another image. */
  int shared(Stack other) {
    List<Digest> own = config.diffIds();
    List<Digest> others = other.config.diffIds();
    int shared = 0;
    while (shared < Math.min(own.size(), others.size())
        && own.get(shared).equals(others.get(shared))) {
      shared++;
    }
    return shared;
  }

  /** The annotations by which build tools say that an image is built on this one. */
  Map<String, String> annotationsAsBase() {
    Image image = facts().image();
    if (digest == null) {
      return Map.of();
    }
    Map<String, String> annotations = new HashMap<>();
    annotations.put("org.opencontainers.image.base.digest", digest.toString());
    if (!image.tags().isEmpty()) {
      annotations.put(
          "org.opencontainers.image.base.name",
          image.registry() + "/" + image.repository() + ":" + image.tags().getFirst());
    }
    return annotations;
  }

  /** Whether both are the same image. */
  boolean isSame(Stack other) {
    return digest != null && digest.equals(other.digest);
  }
}
