package dev.tare.cli.command;

import dev.tare.batch.ImageSide;
import dev.tare.batch.ScanRequest;
import dev.tare.cli.option.BaseOptions;
import dev.tare.cli.option.SelectionOptions;
import dev.tare.registry.ImageFilter;
import dev.tare.registry.Target;
import java.util.List;

/** The request for one image that is named on the command line. */
final class ImageRequests {
  private static final String OF_LAST_SCAN = "state:";

  private ImageRequests() {}

  /** An image that is inspected, or {@code state:IMAGE} for one that the last scan saw. */
  static ImageSide side(String image, List<String> platforms, BaseOptions bases) {
    return image.startsWith(OF_LAST_SCAN)
        ? new ImageSide(
            image.substring(OF_LAST_SCAN.length()), null, SelectionOptions.platforms(platforms))
        : new ImageSide(image, of(image, platforms, bases), List.of());
  }

  /**
   * An image here even where a scan would take the same words for a repository: latest is meant
   * then.
   */
  static ScanRequest of(String image, List<String> platforms, BaseOptions bases) {
    boolean prefixed =
        List.of("image:", "oci:", "oci-archive:", "docker-archive:").stream()
            .anyMatch(image::startsWith);
    return new ScanRequest(
        List.of(Target.parse(prefixed ? image : "image:" + image)),
        List.of(),
        new ImageFilter(List.of(), List.of(), 0, SelectionOptions.platforms(platforms)),
        true,
        bases.catalogue(),
        null);
  }
}
