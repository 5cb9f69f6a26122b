package dev.tare.batch;

import dev.tare.registry.ImageFilter;
import dev.tare.registry.ImageSource;
import dev.tare.registry.Target;
import dev.tare.registry.TargetEnumeration;
import dev.tare.store.EnumerationStore;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Walks the targets and hands out each repository once, catalog page by catalog page. Repositories
 * that this run has listed before it was interrupted are passed over.
 */
final class RepositoryReader implements ItemReader<RepositoryItem> {
  private final Supplier<List<Target>> asked;
  private final ImageFilter filter;
  private final Sources sources;
  private final EnumerationStore store;
  private final String runId;
  private final Deque<Target> remaining = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();
  private List<Target> targets = List.of();
  private boolean begun;
  private Iterator<RepositoryItem> current = Collections.emptyIterator();

  /**
   * Over what is asked for.
   *
   * @param asked is called at the first reading: what clusters run is known only then
   */
  RepositoryReader(
      Supplier<List<Target>> asked,
      ImageFilter filter,
      Sources sources,
      EnumerationStore store,
      String runId) {
    this.asked = asked;
    this.filter = filter;
    this.sources = sources;
    this.store = store;
    this.runId = runId;
  }

  @Override
  public synchronized @Nullable RepositoryItem read() {
    if (!begun) {
      begun = true;
      targets = asked.get();
      remaining.addAll(targets);
    }
    while (true) {
      while (current.hasNext()) {
        RepositoryItem item = current.next();
        if (seen.add(item.name())
            && !store.isListed(runId, item.source().registry(), item.repository())) {
          return item;
        }
      }
      Target next = remaining.poll();
      if (next == null) {
        return null;
      }
      current = items(next);
    }
  }

  private Iterator<RepositoryItem> items(Target target) {
    ImageSource source = sources.of(target.registry());
    TargetEnumeration enumeration = new TargetEnumeration(source, filter);
    Iterator<String> names = enumeration.repositories(target);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return names.hasNext();
      }

      @Override
      public RepositoryItem next() {
        String name = names.next();
        return new RepositoryItem(source, enumeration, name, meaning(target.registry(), name));
      }
    };
  }

  /**
   * A repository is one item however many targets name it, so that its images are listed together.
   */
  private List<Target> meaning(String registry, String repository) {
    return targets.stream()
        .filter(target -> target.registry().equals(registry) && means(target, repository))
        .toList();
  }

  private static boolean means(Target target, String repository) {
    return switch (target) {
      case Target.Registry registry -> true;
      case Target.Repository one ->
          repository.equals(one.repository()) || repository.startsWith(one.repository() + "/");
      case Target.RepositoryGlob glob -> glob.glob().matchesRepository(repository);
      case Target.Image image -> image.reference().repository().equals(repository);
    };
  }
}
