package dev.tare.batch;

import dev.tare.finding.JudgedImage;
import dev.tare.oci.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image that somebody names: one that is inspected, or one that the last scan saw.
 *
 * @param name as it was asked for
 * @param request null for one of the last scan
 * @param platforms that one of the last scan is for; empty means all
 */
public record ImageSide(String name, @Nullable ScanRequest request, List<Platform> platforms) {
  /** Copies the list. */
  public ImageSide {
    platforms = List.copyOf(platforms);
  }

  /** Whether this image of the last scan is meant. */
  public boolean wants(JudgedImage image) {
    return isNamed(image) && (platforms.isEmpty() || isFor(image.platform()));
  }

  private boolean isFor(String platform) {
    return platforms.stream().anyMatch(one -> one.accepts(Platform.parse(platform)));
  }

  private boolean isNamed(JudgedImage image) {
    for (String repository :
        List.of(image.repository(), image.registry() + "/" + image.repository())) {
      if (name.equals(repository + "@" + image.digest())
          || image.tags().stream().anyMatch(tag -> name.equals(repository + ":" + tag))) {
        return true;
      }
    }
    return name.equals(image.reference());
  }
}
