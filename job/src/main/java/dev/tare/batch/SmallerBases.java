package dev.tare.batch;

import dev.tare.batch.describe.ContentsReader;
import dev.tare.facts.StoredFacts;
import dev.tare.facts.Vulnerabilities;
import dev.tare.finding.MatchedVulnerabilities;
import dev.tare.finding.ReportedBase;
import dev.tare.finding.SmallerBase;
import dev.tare.lineage.BaseComparison;
import dev.tare.lineage.ComparedImage;
import dev.tare.lineage.Contents;
import dev.tare.lineage.Relative;
import dev.tare.oci.Digest;
import dev.tare.store.ContentsStore;
import dev.tare.store.MatchStore;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Smaller images beside the bases of others, among all that runs have seen: facts, no advice. Holds
 * what images are compared by in memory, about a kilobyte for each.
 */
public final class SmallerBases {
  private final String runId;
  private final ContentsStore store;
  private final MatchStore matches;
  private final Map<Digest, ComparedImage> byDigest = new HashMap<>();
  private final Map<Digest, Optional<MatchStore.Matched>> matched = new HashMap<>();
  private final BaseComparison comparison;
  private @Nullable List<ReportedBase> ofRun;

  /**
   * Among the images of finished runs and of one more.
   *
   * @param runId of that one
   * @param day on which the distributions of what is listed are to get fixes
   */
  SmallerBases(Stores stores, String runId, LocalDate day) {
    this.runId = runId;
    this.store = stores.contents();
    this.matches = stores.matches();
    List<ComparedImage> known = store.known(runId);
    known.forEach(image -> byDigest.putIfAbsent(image.digest(), image));
    this.comparison = new BaseComparison(known, day);
  }

  /** The image with this digest beside smaller ones; empty where it is not known. */
  public Optional<ReportedBase> of(Digest base) {
    return Optional.ofNullable(find(base)).map(image -> reported(image, 0));
  }

  /** Of the bases of the images of that one run, the most used first; found out once. */
  public synchronized List<ReportedBase> ofRun() {
    List<ReportedBase> known = ofRun;
    if (known == null) {
      known = findOfRun();
      ofRun = known;
    }
    return known;
  }

  private List<ReportedBase> findOfRun() {
    Map<Digest, Integer> uses = new LinkedHashMap<>();
    store
        .ofRun(runId)
        .forEach((digest, times) -> {
          ComparedImage image = find(digest);
          if (image != null) {
            image.ancestors().forEach(ancestor -> uses.merge(ancestor, times, Integer::sum));
          }
        });
    List<ReportedBase> bases = new ArrayList<>();
    uses.forEach((digest, images) -> {
      ComparedImage base = find(digest);
      if (base != null) {
        bases.add(reported(base, images));
      }
    });
    bases.sort(ReportedBase.MOST_USED_FIRST);
    return bases;
  }

  /** Of what an image stands on, root first; of itself where it is a base. */
  public List<ReportedBase> of(StoredFacts facts) {
    List<ReportedBase> bases =
        new ArrayList<>(
            ContentsReader.ancestors(facts).stream()
                .map(this::find)
                .filter(Objects::nonNull)
                .map(base -> reported(base, 1))
                .toList());
    Digest digest = facts.image().digest();
    ComparedImage itself = digest == null ? null : find(digest);
    if (itself != null && comparison.isBase(itself)) {
      bases.add(reported(itself, 0));
    }
    return bases;
  }

  /** Digests of what the image with this digest stands on; none where it is not known. */
  public Set<Digest> ancestors(Digest image) {
    ComparedImage found = find(image);
    return found == null ? Set.of() : found.ancestors();
  }

  private @Nullable ComparedImage find(Digest digest) {
    ComparedImage known = byDigest.get(digest);
    return known == null ? store.find(digest).orElse(null) : known;
  }

  private ReportedBase reported(ComparedImage base, int images) {
    Contents contents = base.contents();
    Set<String> tools = contents.tools();
    Optional<MatchStore.Matched> found = matched(base);
    return new ReportedBase(
        base.reference(),
        base.digest().toString(),
        base.platform(),
        images,
        contents.sizeBytes(),
        contents.packages(),
        tools == null ? null : Integer.valueOf(tools.size()),
        found.map(SmallerBases::vulnerabilities).orElse(null),
        comparison.smallerThan(base).stream().map(one -> smaller(one, found)).toList());
  }

  private Optional<MatchStore.Matched> matched(ComparedImage image) {
    return matched.computeIfAbsent(image.digest(), matches::ofImage);
  }

  private static MatchedVulnerabilities vulnerabilities(MatchStore.Matched matched) {
    Vulnerabilities found = matched.vulnerabilities();
    return new MatchedVulnerabilities(
        found.isKnown(),
        worstFirst(found.counts()),
        worstFirst(found.fixable()),
        listsUnfixed(found.sources()),
        matched.gaps());
  }

  private static Map<String, Integer> worstFirst(Map<String, Integer> bySeverity) {
    Map<String, Integer> ordered = new LinkedHashMap<>();
    for (String severity : Vulnerabilities.SEVERITIES) {
      Integer number = bySeverity.get(severity);
      if (number != null) {
        ordered.put(severity, number);
      }
    }
    return ordered;
  }

  /** Of feeds that are about packages: whether all of them do; null where one does not say. */
  private static @Nullable Boolean listsUnfixed(List<Vulnerabilities.Source> sources) {
    List<Vulnerabilities.Source> feeds =
        sources.stream().filter(source -> !source.covers().isEmpty()).toList();
    if (feeds.isEmpty() || feeds.stream().anyMatch(feed -> feed.listsUnfixed() == null)) {
      return null;
    }
    return feeds.stream().allMatch(feed -> Boolean.TRUE.equals(feed.listsUnfixed()));
  }

  /** What was matched with other feeds than the base is not compared with it. */
  private SmallerBase smaller(Relative relative, Optional<MatchStore.Matched> base) {
    ComparedImage image = relative.image();
    MatchedVulnerabilities vulnerabilities =
        matched(image)
            .filter(one -> base.isPresent() && one.feeds().equals(base.get().feeds()))
            .map(SmallerBases::vulnerabilities)
            .orElse(null);
    return new SmallerBase(
        image.reference(),
        image.digest().toString(),
        image.platform(),
        image.contents().os(),
        relative.sameOs(),
        relative.runtimes(),
        image.contents().sizeBytes(),
        relative.bytesLess(),
        relative.packagesLess(),
        relative.toolsGone(),
        relative.toolsNew(),
        vulnerabilities);
  }
}
