package dev.tare.batch.list;

import dev.tare.oci.Reference;
import dev.tare.registry.ImageSource;
import dev.tare.registry.Target;
import dev.tare.registry.TargetEnumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A repository to list.
 *
 * @param targets of the request that mean it, or some of its images
 * @param listed whether the registry lists it, or a target names it; false where it was there in an
 *     earlier run and is missing in the catalog
 * @param known tags of earlier runs
 */
public record RepositoryItem(
    ImageSource source,
    TargetEnumeration enumeration,
    String repository,
    List<Target> targets,
    boolean listed,
    Set<String> known) {
  public RepositoryItem {
    targets = List.copyOf(targets);
    known = Set.copyOf(known);
  }

  String name() {
    return source.registry() + "/" + repository;
  }

  /** Whether all its tags are asked for, and not images that are named only. */
  boolean listsTags() {
    return targets.stream().anyMatch(target -> !(target instanceof Target.Image));
  }

  /** The images that the targets mean, each once; asks the registry for tags. */
  TargetEnumeration.Listed images() {
    Set<Reference> images = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    Map<String, String> refused = new LinkedHashMap<>();
    for (Target target : targets) {
      TargetEnumeration.Listed listed = enumeration.images(target, repository);
      images.addAll(listed.images());
      names.addAll(listed.names());
      refused.putAll(listed.refused());
    }
    return new TargetEnumeration.Listed(List.copyOf(images), names, refused);
  }

  /** Tags of earlier runs that the targets mean and that are not among those listed, sorted. */
  Set<String> missing(Set<String> names) {
    Set<String> missing = new TreeSet<>(known);
    missing.removeAll(names);
    missing.removeIf(
        tag -> targets.stream().noneMatch(target -> enumeration.means(target, repository, tag)));
    return missing;
  }
}
