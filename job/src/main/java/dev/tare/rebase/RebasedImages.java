package dev.tare.rebase;

import java.util.List;

/**
 * What many images would be on another base.
 *
 * @param images sorted as the scan has them
 * @param notRebased those of which nothing can be said
 */
public record RebasedImages(List<Rebase> images, List<NotRebased> notRebased) {
  /** An image, and why nothing can be said of it. */
  public record NotRebased(String image, String reason) {}

  /** Copies the lists. */
  public RebasedImages {
    images = List.copyOf(images);
    notRebased = List.copyOf(notRebased);
  }
}
