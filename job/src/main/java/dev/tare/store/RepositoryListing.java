package dev.tare.store;

import dev.tare.finding.NotInspected;
import dev.tare.oci.Digest;
import java.util.List;
import java.util.Map;

/**
 * All that enumeration found in one repository.
 *
 * @param found whether the registry knows it, or any of what was looked for in it
 * @param tags digest by tag, of every tag that was looked at
 * @param attached manifests that are not images: signatures, attestations, charts
 * @param notInspected what could not be read
 */
public record RepositoryListing(
    String registry,
    String repository,
    boolean found,
    Map<String, Digest> tags,
    List<ListedImage> images,
    List<Digest> attached,
    List<NotInspected> notInspected) {
  /** Copies the collections. */
  public RepositoryListing {
    tags = Map.copyOf(tags);
    images = List.copyOf(images);
    attached = List.copyOf(attached);
    notInspected = List.copyOf(notInspected);
  }
}
