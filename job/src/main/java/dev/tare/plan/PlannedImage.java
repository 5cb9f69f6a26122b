package dev.tare.plan;

import java.util.Comparator;

/**
 * An image that an action changes.
 *
 * @param reference the name to show
 */
public record PlannedImage(String reference, String digest, String platform)
    implements Comparable<PlannedImage> {
  private static final Comparator<PlannedImage> ORDER =
      Comparator.comparing(PlannedImage::reference)
          .thenComparing(PlannedImage::platform)
          .thenComparing(PlannedImage::digest);

  @Override
  public int compareTo(PlannedImage other) {
    return ORDER.compare(this, other);
  }
}
