package dev.tare.registry;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Reference;
import dev.tare.registry.target.TagOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Turns a target of one registry into repositories, and a repository into images. */
public final class TargetEnumeration {
  private final ImageSource source;
  private final ImageFilter filter;
  private boolean catalogListsNothing;

  /** Over a registry; the caller closes it. */
  public TargetEnumeration(ImageSource source, ImageFilter filter) {
    this.source = source;
    this.filter = filter;
  }

  /**
   * The repositories of a target that the filter lets through, page by page as they are consumed.
   * Where a repository is named that does not exist, those below it are meant ({@code team} for
   * {@code team/app}); where there is none either, it is returned itself, so that whoever lists its
   * tags is told what the registry says.
   */
  public Iterator<String> repositories(Target target) {
    requireSameRegistry(target);
    return switch (target) {
      case Target.Registry registry -> listed(filter::acceptsRepository);
      case Target.RepositoryGlob glob ->
          listed(name -> glob.glob().matchesRepository(name) && filter.acceptsRepository(name));
      case Target.Image image -> only(image.reference().repository());
      case Target.Repository repository -> itselfOrBelow(repository.repository());
    };
  }

  /** Whether the catalog was asked for and lists nothing, whatever the filter. */
  public boolean catalogListsNothing() {
    return catalogListsNothing;
  }

  /**
   * What a repository lists.
   *
   * @param images newest first
   * @param names all that it lists as tags, whether meant or not
   * @param refused what it lists as tags and cannot be any, with the reason
   */
  public record Listed(List<Reference> images, Set<String> names, Map<String, String> refused) {
    /** Of nothing. */
    public static final Listed NOTHING = new Listed(List.of(), Set.of(), Map.of());

    /** Copies all. */
    public Listed {
      images = List.copyOf(images);
      names = Set.copyOf(names);
      refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
    }

    private static Listed only(List<Reference> images) {
      return new Listed(images, Set.of(), Map.of());
    }
  }

  /** Whether a tag of a repository is meant by the target, as one of those it lists. */
  public boolean means(Target target, String repository, String tag) {
    return filter.accepts(repository, tag)
        && switch (target) {
          case Target.Image image -> false;
          case Target.RepositoryGlob glob -> glob.glob().matches(repository, tag);
          case Target.Registry registry -> true;
          case Target.Repository one -> true;
        };
  }

  /**
   * The images of a repository that the target and the filter mean; for an image that was named,
   * that one. Throws NOT_FOUND where the registry does not know the repository.
   */
  public Listed images(Target target, String repository) {
    requireSameRegistry(target);
    return switch (target) {
      case Target.Image image ->
          Listed.only(
              filter.accepts(repository, image.reference().tag())
                  ? List.of(image.reference())
                  : List.of());
      case Target.RepositoryGlob glob -> tagged(target, repository);
      case Target.Registry registry -> all(target, repository);
      case Target.Repository one -> all(target, repository);
    };
  }

  private Listed all(Target target, String repository) {
    Listed tagged = tagged(target, repository);
    List<Reference> images = new ArrayList<>(tagged.images());
    if (filter.accepts(repository, null)) {
      source.untagged(repository).stream()
          .map(digest -> Reference.byDigest(source.registry(), repository, digest))
          .forEach(images::add);
    }
    return new Listed(images, tagged.names(), tagged.refused());
  }

  private Listed tagged(Target target, String repository) {
    List<String> listed = source.tags(repository);
    List<String> tags = new ArrayList<>();
    Map<String, String> refused = new LinkedHashMap<>();
    for (String tag : listed) {
      if (means(target, repository, tag)) {
        try {
          Reference.requireTag(tag);
          tags.add(tag);
        } catch (TareException e) {
          refused.put(tag, String.valueOf(e.getMessage()));
        }
      }
    }
    return new Listed(
        tags.stream()
            .sorted(TagOrder.NEWEST_FIRST)
            .limit(filter.newestTags() == 0 ? Long.MAX_VALUE : filter.newestTags())
            .map(tag -> Reference.tagged(source.registry(), repository, tag))
            .toList(),
        Set.copyOf(listed),
        refused);
  }

  private Iterator<String> only(String repository) {
    return filter.acceptsRepository(repository)
        ? List.of(repository).iterator()
        : List.<String>of().iterator();
  }

  private Iterator<String> itselfOrBelow(String repository) {
    if (exists(repository)) {
      return only(repository);
    }
    try {
      Iterator<String> below = listed(name -> name.startsWith(repository + "/"));
      if (below.hasNext()) {
        return new Matching(below, filter::acceptsRepository);
      }
    } catch (TareException e) {
      // Without a catalog nothing is below it; what the registry says to its own name is told then.
    }
    return only(repository);
  }

  private boolean exists(String repository) {
    try {
      source.tags(repository);
      return true;
    } catch (TareException e) {
      if (e.kind() == FailureKind.NOT_FOUND || e.kind() == FailureKind.DENIED) {
        return false;
      }
      throw e;
    }
  }

  private Iterator<String> listed(Predicate<String> meant) {
    Iterator<String> all = source.repositories();
    catalogListsNothing = !all.hasNext();
    return new Matching(all, meant);
  }

  private void requireSameRegistry(Target target) {
    if (!target.registry().equals(source.registry())) {
      throw new IllegalArgumentException(
          "target " + target + " is not of registry " + source.registry());
    }
  }

  /** Those of an iterator's names that match, looked for as they are consumed. */
  private static final class Matching implements Iterator<String> {
    private final Iterator<String> all;
    private final Predicate<String> meant;
    private @Nullable String next;

    Matching(Iterator<String> all, Predicate<String> meant) {
      this.all = all;
      this.meant = meant;
    }

    @Override
    public boolean hasNext() {
      while (next == null && all.hasNext()) {
        String candidate = all.next();
        if (meant.test(candidate)) {
          next = candidate;
        }
      }
      return next != null;
    }

    @Override
    public String next() {
      String found = hasNext() ? next : null;
      if (found == null) {
        throw new NoSuchElementException();
      }
      next = null;
      return found;
    }
  }
}
