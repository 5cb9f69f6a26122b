package dev.tare.batch;

import dev.tare.oci.Reference;
import dev.tare.registry.ImageSource;
import dev.tare.registry.Target;
import dev.tare.registry.TargetEnumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** The images that the targets mean, each once; asks the registry for tags. */
  TargetEnumeration.Listed images() {
    Set<Reference> images = new LinkedHashSet<>();
    Map<String, String> refused = new LinkedHashMap<>();
    for (Target target : targets) {
      TargetEnumeration.Listed listed = enumeration.images(target, repository);
      images.addAll(listed.images());
      refused.putAll(listed.refused());
    }
    return new TargetEnumeration.Listed(List.copyOf(images), refused);
  }
}
