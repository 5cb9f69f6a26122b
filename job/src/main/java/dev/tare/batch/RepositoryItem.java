package dev.tare.batch;

import dev.tare.oci.Reference;
import dev.tare.registry.ImageSource;
import dev.tare.registry.Target;
import dev.tare.registry.TargetEnumeration;
import java.util.List;

/**
 * A repository to list.
 *
 * @param targets of the request that mean it, or some of its images
 */
record RepositoryItem(
    ImageSource source, TargetEnumeration enumeration, String repository, List<Target> targets) {
  RepositoryItem {
    targets = List.copyOf(targets);
  }

  String name() {
    return source.registry() + "/" + repository;
  }

  /** The images that the targets mean; asks the registry for tags. */
  List<Reference> images() {
    return targets.stream()
        .flatMap(target -> enumeration.images(target, repository).stream())
        .distinct()
        .toList();
  }
}
