package dev.tare.batch;

import dev.tare.oci.Reference;
import dev.tare.registry.ImageSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A repository to list.
 *
 * @param only the images asked for by name, or null for all of the repository
 */
record RepositoryItem(ImageSource source, String repository, @Nullable List<Reference> only) {
  RepositoryItem {
    only = only == null ? null : List.copyOf(only);
  }

  String name() {
    return source.registry() + "/" + repository;
  }
}
