package dev.tare.lineage;

import dev.tare.oci.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells which of several images with one and the same stack an image was built from. */
final class TieBreaker {
  private final Subject subject;
  private final @Nullable BaseAnnotation said;
  private final List<KnownImage> named;
  private final List<KnownImage> materials;

  /**
   * For one subject.
   *
   * @param said its own word
   * @param named the images that its own word may mean
   * @param materials the images that its provenance names
   */
  TieBreaker(
      Subject subject,
      @Nullable BaseAnnotation said,
      List<KnownImage> named,
      List<KnownImage> materials) {
    this.subject = subject;
    this.said = said;
    this.named = named;
    this.materials = materials;
  }

  /** The images that somebody says it stands on. */
  List<KnownImage> claimed() {
    return Stream.concat(named.stream(), materials.stream()).toList();
  }

  /** Those of these images, all of the same stack, that fit best. */
  List<Ancestor> ancestors(int layers, List<KnownImage> images) {
    List<KnownImage> meant = images.stream().filter(this::isMeant).toList();
    List<KnownImage> used = among(meant.isEmpty() ? images : meant, materials);
    List<KnownImage> fitting =
        withoutEarlierBuilds(used.isEmpty() ? meant.isEmpty() ? images : meant : used);
    List<KnownImage> chosen = withLongestHistory(fitting);
    boolean byHistory =
        chosen.size() < fitting.size()
            || (layers == subject.chainIds().size() && meant.isEmpty() && used.isEmpty());
    List<String> evidence = new ArrayList<>();
    if (!meant.isEmpty()) {
      evidence.add(Evidence.ANNOTATION);
    }
    if (!used.isEmpty()) {
      evidence.add(Evidence.PROVENANCE);
    }
    evidence.add(Evidence.LAYERS);
    if (byHistory) {
      evidence.add(Evidence.HISTORY);
    }
    boolean orderByHistory =
        evidence.equals(List.of(Evidence.LAYERS, Evidence.HISTORY))
            && layers == subject.chainIds().size();
    return chosen.stream()
        .map(image ->
            new Ancestor(
                reference(image, !meant.isEmpty() && chosen.size() == 1),
                image.digest(),
                layers,
                evidence,
                orderByHistory ? Lineage.HISTORY_CONFIDENCE : Lineage.LAYERS_CONFIDENCE,
                chosen.size() > 1))
        .sorted(
            Comparator.comparing(Ancestor::reference)
                .thenComparing(ancestor -> String.valueOf(ancestor.digest())))
        .toList();
  }

  /** By digest where its own word has one that is known, else by name. */
  private boolean isMeant(KnownImage image) {
    BaseAnnotation word = said;
    if (word == null) {
      return false;
    }
    boolean isNamed = named.stream().anyMatch(other -> other.digest().equals(image.digest()));
    return isNamed || (word.names(image) && (word.digest() == null || named.isEmpty()));
  }

  private static List<KnownImage> among(List<KnownImage> images, List<KnownImage> others) {
    Set<Digest> digests = others.stream().map(KnownImage::digest).collect(Collectors.toSet());
    return images.stream().filter(image -> digests.contains(image.digest())).toList();
  }

  /**
   * Without those whose every name a later build with the same layers has taken over: which of the
   * two it was makes no difference to what stands on it.
   */
  private static List<KnownImage> withoutEarlierBuilds(List<KnownImage> newestFirst) {
    Set<String> taken = new HashSet<>();
    List<KnownImage> kept = new ArrayList<>();
    for (KnownImage image : newestFirst) {
      if (taken.addAll(image.references())) {
        kept.add(image);
      }
    }
    return kept;
  }

  /** Those whose history is the longest that the subject's begins with; all where none is. */
  private List<KnownImage> withLongestHistory(List<KnownImage> images) {
    int longest =
        images.stream()
            .filter(subject::continuesHistoryOf)
            .mapToInt(image -> image.history().size())
            .max()
            .orElse(-1);
    return longest < 0
        ? images
        : images.stream()
            .filter(image -> image.history().size() == longest && subject.continuesHistoryOf(image))
            .toList();
  }

  private String reference(KnownImage image, boolean asSaid) {
    String name = said == null ? null : said.name();
    if (asSaid && name != null) {
      String full = ImageName.normalise(name);
      // One registry of this machine under two names would look like two.
      return image.references().contains(full) && full.startsWith("localhost") ? full : name;
    }
    return image.references().stream().findFirst().orElse(image.digest().toString());
  }
}
