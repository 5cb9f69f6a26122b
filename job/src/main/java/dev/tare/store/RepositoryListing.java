package dev.tare.store;

import dev.tare.finding.NotInspected;
import dev.tare.oci.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that enumeration found in one repository.
 *
 * @param found whether the registry knows it, or any of what was looked for in it
 * @param tags digest by tag, of every tag that was looked at
 * @param everyPlatform whether no image behind a tag was left out by a filter
 * @param gone tags of earlier runs that are not listed, and are not there when asked for by name
 * @param absentAt when the registry answered that there is no such repository, nor any tag of it
 *     that was known; null where it did not
 * @param attached manifests that are not images: signatures, attestations, charts
 * @param notInspected what could not be read
 */
public record RepositoryListing(
    String registry,
    String repository,
    boolean found,
    Map<String, Digest> tags,
    boolean everyPlatform,
    Set<String> gone,
    @Nullable Instant absentAt,
    List<ListedImage> images,
    List<Digest> attached,
    List<NotInspected> notInspected) {
  /** Copies the collections. */
  public RepositoryListing {
    tags = Map.copyOf(tags);
    gone = Set.copyOf(gone);
    images = List.copyOf(images);
    attached = List.copyOf(attached);
    notInspected = List.copyOf(notInspected);
  }
}
