package dev.tare.batch;

import dev.tare.finding.RunTerms;
import dev.tare.kubernetes.ClusterTarget;
import dev.tare.lineage.BaseCatalogue;
import dev.tare.registry.ImageFilter;
import dev.tare.registry.Target;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to scan.
 *
 * @param targets registries, repositories, images
 * @param clusters whose running images are meant besides
 * @param filter which of their images
 * @param fresh start again even where an earlier run of the same command can be resumed
 * @param bases that are known besides what runs have listed
 * @param feeds to bring up to date; null where nobody is asked for any
 */
public record ScanRequest(
    List<Target> targets,
    List<ClusterTarget> clusters,
    ImageFilter filter,
    boolean fresh,
    BaseCatalogue bases,
    @Nullable FeedRequest feeds) {
  /** Copies the lists. */
  public ScanRequest {
    targets = List.copyOf(targets);
    clusters = List.copyOf(clusters);
  }

  /**
   * Which of their images are meant, in words.
   *
   * @param trustedSboms paths in images of SBOMs whose word counts as if it were measured
   */
  RunTerms.Scope scope(List<String> trustedSboms) {
    return new RunTerms.Scope(
        filter.include().stream().map(Object::toString).toList(),
        filter.exclude().stream().map(Object::toString).toList(),
        filter.newestTags(),
        filter.platforms().stream().map(Object::toString).toList(),
        trustedSboms.stream().distinct().sorted().toList());
  }

  /** The targets as people type them. */
  List<String> words() {
    return Stream.concat(targets.stream(), clusters.stream()).map(Object::toString).toList();
  }

  /** A scan of registries that knows the bases that ship with Tare, and asks for no feed. */
  public ScanRequest(List<Target> targets, ImageFilter filter, boolean fresh) {
    this(targets, List.of(), filter, fresh, BaseCatalogue.shipped(), null);
  }
}
