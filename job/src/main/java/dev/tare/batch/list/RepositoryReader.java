package dev.tare.batch.list;

import dev.tare.batch.Sources;
import dev.tare.finding.NotInspected;
import dev.tare.registry.ImageFilter;
import dev.tare.registry.ImageSource;
import dev.tare.registry.Target;
import dev.tare.registry.TargetEnumeration;
import dev.tare.store.EnumerationStore;
import dev.tare.store.SightingStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
 * Walks the targets and hands out each repository once, catalog page by catalog page, and then
 * those that were there in earlier runs and that the catalog does not list any more: they are asked
 * for by name. Repositories that this run has listed before it was interrupted are passed over.
 */
public final class RepositoryReader implements ItemReader<RepositoryItem> {
  private final Supplier<List<Target>> asked;
  private final ImageFilter filter;
  private final Sources sources;
  private final EnumerationStore store;
  private final SightingStore sightings;
  private final String runId;
  private final Deque<Target> remaining = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();
  private List<Target> targets = List.of();
  private Set<String> listedBefore = Set.of();
  private boolean begun;
  private boolean walked;
  private Iterator<RepositoryItem> current = Collections.emptyIterator();

  /**
   * Over what is asked for.
   *
   * @param asked is called at the first reading: what clusters run is known only then
   */
  public RepositoryReader(
      Supplier<List<Target>> asked,
      ImageFilter filter,
      Sources sources,
      EnumerationStore store,
      SightingStore sightings,
      String runId) {
    this.asked = asked;
    this.filter = filter;
    this.sources = sources;
    this.store = store;
    this.sightings = sightings;
    this.runId = runId;
  }

  @Override
  public synchronized @Nullable RepositoryItem read() {
    if (!begun) {
      begun = true;
      targets = asked.get();
      listedBefore = store.repositories(runId);
      remaining.addAll(targets);
    }
    while (true) {
      while (current.hasNext()) {
        RepositoryItem item = current.next();
        if (seen.add(item.name()) && !listedBefore.contains(item.name())) {
          return item;
        }
      }
      Target next = remaining.poll();
      if (next != null) {
        current = items(next);
      } else if (!walked) {
        walked = true;
        current = missing();
      } else {
        return null;
      }
    }
  }

  private Iterator<RepositoryItem> items(Target target) {
    ImageSource source = sources.of(target.registry());
    TargetEnumeration enumeration = new TargetEnumeration(source, filter);
    Iterator<String> names = enumeration.repositories(target);
    if (enumeration.catalogListsNothing()) {
      store.addNotInspected(runId, emptyCatalog(target.registry()));
    }
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return names.hasNext();
      }

      @Override
      public RepositoryItem next() {
        return item(source, enumeration, names.next(), true);
      }
    };
  }

  private NotInspected emptyCatalog(String registry) {
    int before = sightings.repositories(registry).size();
    return new NotInspected(
        registry,
        null,
        NotInspected.Stage.REGISTRY,
        "list repositories of "
            + registry
            + ": none is listed"
            + (before == 0 ? "" : ", " + before + " before")
            + ". A registry lists for each account what it may read: either there is none, or these credentials may"
            + " not read any. Give the account the right to read, or name the repositories as targets");
  }

  /** Repositories of earlier runs that the targets mean and nothing has listed. */
  private Iterator<RepositoryItem> missing() {
    List<RepositoryItem> missing = new ArrayList<>();
    targets.stream()
        .map(Target::registry)
        .distinct()
        .forEach(registry -> {
          ImageSource source = sources.of(registry);
          TargetEnumeration enumeration = new TargetEnumeration(source, filter);
          sightings.repositories(registry).stream()
              .filter(filter::acceptsRepository)
              .filter(name -> targets.stream().anyMatch(target -> lists(target, registry, name)))
              .map(name -> item(source, enumeration, name, false))
              .filter(item -> !seen.contains(item.name()))
              .forEach(missing::add);
        });
    return missing.iterator();
  }

  /** Whether a repository would be among those that a target's catalog lists. */
  private boolean lists(Target target, String registry, String repository) {
    return target.registry().equals(registry)
        && switch (target) {
          case Target.Registry all -> true;
          case Target.RepositoryGlob glob -> glob.glob().matchesRepository(repository);
          // Those below it are meant where it is none itself.
          case Target.Repository one ->
              repository.startsWith(one.repository() + "/")
                  && !seen.contains(registry + "/" + one.repository());
          case Target.Image image -> false;
        };
  }

  private RepositoryItem item(
      ImageSource source, TargetEnumeration enumeration, String name, boolean listed) {
    return new RepositoryItem(
        source,
        enumeration,
        name,
        meaning(source.registry(), name),
        listed,
        sightings.tags(source.registry(), name));
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
