package dev.tare.rebase;

import dev.tare.diff.ComparedImage;
import dev.tare.diff.ImageComparer;
import dev.tare.inspect.FileComparer;
import dev.tare.inspect.MovedLayers;
import dev.tare.layer.LayerFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is predicted of one image, before it is matched with advisories and judged.
 *
 * @param rebase what is known without that
 * @param document the facts, where something is predicted; the digest in it is that of no image
 */
public record Prediction(
    Rebase rebase, Stack image, MovedLayers moved, @Nullable JsonNode document) {
  /**
   * The same with the difference.
   *
   * @param before the image as it is, matched and judged
   * @param after the predicted one, matched and judged the same way
   * @param depth how many levels of directories are opened
   * @param entries how many entries of a directory are shown
   */
  public Rebase with(ComparedImage before, ComparedImage after, int depth, int entries) {
    List<LayerFacts> layers = image.layers();
    return new Rebase(
        rebase.image(),
        rebase.platform(),
        rebase.from(),
        rebase.onto(),
        rebase.standing(),
        rebase.ownLayers(),
        rebase.ownBytes(),
        rebase.ownPackages(),
        rebase.obstacles(),
        rebase.notKnown(),
        ImageComparer.compare(
            before, after, FileComparer.compare(layers, moved.layers(), depth, entries)),
        VulnerabilityChange.between(before, after));
  }
}
