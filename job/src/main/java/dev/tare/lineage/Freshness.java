package dev.tare.lineage;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.lineage.Lineage.Outdated;
import dev.tare.oci.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a parent's tag names another image now. Where nothing says which of its tags a
 * parent was named by ({@code 12} moves, {@code 12.1} does not), all must say the same.
 */
final class Freshness {
  private static final int MAX_NAMES = 16;

  private final ImageCatalog catalog;
  private final NamedBases bases;

  Freshness(ImageCatalog catalog, NamedBases bases) {
    this.catalog = catalog;
    this.bases = bases;
  }

  /** What one tag says. */
  private sealed interface Answer {
    /** It names the parent still. */
    record Same() implements Answer {}

    /** It names this image now. */
    record Moved(KnownImage current) implements Answer {}

    /** There is no such tag any more. */
    record Gone() implements Answer {}

    /** Nobody can tell. */
    record Unknown(String because) implements Answer {}
  }

  Outdated of(Ancestor parent, Subject subject) {
    Digest digest = parent.digest();
    if (parent.tie()) {
      return Outdated.unknown("several known images fit equally well as the parent");
    }
    if (digest == null) {
      return Outdated.unknown(
          "the parent " + parent.reference() + " is known by its name only" + because(parent));
    }
    Set<String> names = names(parent, digest);
    if (names.isEmpty()) {
      return Outdated.unknown(
          "the parent "
              + parent.reference()
              + (ImageName.isInAFile(parent.reference())
                  ? " is known from a file only"
                  : " has no tag"));
    }
    if (names.size() > MAX_NAMES) {
      return Outdated.unknown(
          "the parent has "
              + names.size()
              + " tags, at most "
              + MAX_NAMES
              + " are looked up: any of them may be the one it was named by");
    }
    List<KnownImage> moved = new ArrayList<>();
    int same = 0;
    for (String name : names) {
      switch (answer(name, digest, subject)) {
        case Answer.Same still -> same++;
        case Answer.Moved now -> moved.add(now.current());
        case Answer.Unknown unknown -> {
          return Outdated.unknown(unknown.because());
        }
        case Answer.Gone gone -> {}
      }
    }
    if (same > 0 && !moved.isEmpty()) {
      return Outdated.unknown(
          "the parent has the tags "
              + String.join(", ", names)
              + ", of which some name another image now: which one it was named by is not known");
    }
    if (same > 0) {
      return Outdated.current(digest, 0);
    }
    if (moved.isEmpty()) {
      return Outdated.unknown(String.join(", ", names) + ": no longer there");
    }
    KnownImage newest =
        moved.stream()
            .max(
                Comparator.comparing(
                    image -> image.created() == null ? Instant.MIN : image.created()))
            .orElseThrow();
    return Outdated.current(newest.digest(), lagDays(digest, newest));
  }

  /** Why there is no more than a name, where nobody could be asked. */
  private String because(Ancestor parent) {
    try {
      bases.currentDigest(parent.reference());
      return "";
    } catch (TareException e) {
      return ": " + e.getMessage();
    }
  }

  /** What the parent may have been named by. */
  private Set<String> names(Ancestor parent, Digest digest) {
    Set<String> names = new LinkedHashSet<>();
    add(names, parent.reference());
    if (!parent.evidence().contains(Evidence.ANNOTATION)) {
      catalog.withDigest(digest).stream()
          .filter(image -> image.digest().equals(digest))
          .forEach(image -> image.references().forEach(name -> add(names, name)));
    }
    return names;
  }

  private static void add(Set<String> names, String name) {
    if (!ImageName.isByDigestOnly(name) && !ImageName.isInAFile(name)) {
      names.add(ImageName.normalise(name));
    }
  }

  private Answer answer(String name, Digest digest, Subject subject) {
    try {
      Digest named = bases.currentDigest(name);
      if (named.equals(digest)) {
        return new Answer.Same();
      }
      List<KnownImage> images = bases.images(name, named);
      if (images.stream().anyMatch(image -> image.digest().equals(digest))) {
        return new Answer.Same();
      }
      List<KnownImage> current = subject.ofPlatform(images);
      return current.size() == 1
          ? new Answer.Moved(current.getFirst())
          : new Answer.Unknown(
              name + " names another image now, of which " + current.size() + " fit this platform");
    } catch (TareException e) {
      return e.kind() == FailureKind.NOT_FOUND
          ? new Answer.Gone()
          : new Answer.Unknown(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Integer lagDays(Digest parent, KnownImage current) {
    Instant now = current.created();
    Instant then =
        catalog.withDigest(parent).stream()
            .filter(image -> image.digest().equals(parent))
            .findFirst()
            .map(KnownImage::created)
            .orElse(null);
    if (now == null || then == null) {
      return null;
    }
    long days = Duration.between(then, now).toDays();
    return days < 0 || days > Integer.MAX_VALUE ? null : Integer.valueOf((int) days);
  }
}
