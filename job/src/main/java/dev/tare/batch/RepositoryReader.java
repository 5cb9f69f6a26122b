package dev.tare.batch;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Reference;
import dev.tare.registry.Glob;
import dev.tare.registry.ImageSource;
import dev.tare.registry.Target;
import dev.tare.store.EnumerationStore;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Walks the targets and hands out each repository once, catalog page by catalog page. Repositories that this run has listed before
 * it was interrupted are passed over.
 */
final class RepositoryReader implements ItemReader<RepositoryItem> {
  private final Sources sources;
  private final EnumerationStore store;
  private final String runId;
  private final Deque<Target> targets = new ArrayDeque<>();
  private final Map<String, RepositoryItem> images = new LinkedHashMap<>();
  private final Set<String> seen = new HashSet<>();
  private Iterator<RepositoryItem> current = Collections.emptyIterator();

  RepositoryReader(List<Target> targets, Sources sources, EnumerationStore store, String runId) {
    this.sources = sources;
    this.store = store;
    this.runId = runId;
    for (Target target : targets) {
      if (target instanceof Target.Image image) {
        collect(image.reference());
      } else {
        this.targets.add(target);
      }
    }
  }

  /** Images named one by one are listed repository by repository, so that a repository is one item however it is asked for. */
  private void collect(Reference reference) {
    String name = reference.registry() + "/" + reference.repository();
    RepositoryItem known = images.get(name);
    List<Reference> only = known == null || known.only() == null ? List.of() : known.only();
    images.put(
        name,
        new RepositoryItem(
            sources.of(reference.registry()),
            reference.repository(),
            java.util.stream.Stream.concat(only.stream(), java.util.stream.Stream.of(reference))
                .distinct()
                .toList()));
  }

  @Override
  public synchronized @Nullable RepositoryItem read() {
    while (true) {
      while (current.hasNext()) {
        RepositoryItem item = current.next();
        if (seen.add(item.name())
            && !store.isListed(runId, item.source().registry(), item.repository())) {
          return item;
        }
      }
      Target next = targets.poll();
      if (next != null) {
        current = repositories(next);
      } else if (!images.isEmpty()) {
        current = List.copyOf(images.values()).iterator();
        images.clear();
      } else {
        return null;
      }
    }
  }

  private Iterator<RepositoryItem> repositories(Target target) {
    return switch (target) {
      case Target.Registry registry -> catalog(registry.host(), null);
      case Target.RepositoryGlob glob -> catalog(glob.host(), glob.glob());
      case Target.Repository repository ->
          List.of(
                  new RepositoryItem(
                      sources.of(repository.host()), repository.repository(), null))
              .iterator();
      case Target.Image image ->
          throw new TareException(
              FailureKind.INTERNAL, "image " + image.reference() + " was to be collected");
    };
  }

  private Iterator<RepositoryItem> catalog(String host, @Nullable Glob glob) {
    ImageSource source = sources.of(host);
    Iterator<String> names = source.repositories();
    return new Iterator<>() {
      private @Nullable String next;

      @Override
      public boolean hasNext() {
        while (next == null && names.hasNext()) {
          String name = names.next();
          next = glob == null || glob.matchesRepository(name) ? name : null;
        }
        return next != null;
      }

      @Override
      public RepositoryItem next() {
        if (!hasNext() || next == null) {
          throw new java.util.NoSuchElementException();
        }
        RepositoryItem item = new RepositoryItem(source, next, null);
        next = null;
        return item;
      }
    };
  }
}
