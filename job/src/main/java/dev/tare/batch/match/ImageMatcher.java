package dev.tare.batch.match;

import dev.tare.batch.Stores;
import dev.tare.facts.Fact;
import dev.tare.facts.StoredFacts;
import dev.tare.facts.Vulnerabilities;
import dev.tare.finding.Waiver;
import dev.tare.finding.WaiverUse;
import dev.tare.store.MatchStore;
import dev.tare.vulnerability.FeedInfo;
import dev.tare.vulnerability.FeedSet;
import dev.tare.vulnerability.Inventory;
import dev.tare.vulnerability.Matcher;
import dev.tare.vulnerability.Matches;
import dev.tare.vulnerability.NamedImage;
import dev.tare.vulnerability.Said;
import dev.tare.vulnerability.VexUse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Matches the packages of described images with the feeds that are kept; no registry is asked. */
public final class ImageMatcher {
  private static final Matches UNMATCHED =
      new Matches(Vulnerabilities.UNKNOWN, List.of(Vulnerabilities.NO_FEED));

  private final Stores stores;
  private final String program;
  private final Said said;

  /**
   * Matches what is stored.
   *
   * @param program that matches: equal for the same classes
   * @param said what others say of vulnerabilities
   */
  public ImageMatcher(Stores stores, String program, Said said) {
    this.stores = stores;
    this.program = program;
    this.said = said;
  }

  /**
   * Pins the feeds as they are now, and gives the described images of a run what their packages
   * come to. Facts that were matched with the same feeds before are not looked at; equal packages
   * are matched once. Where there is no feed, nothing is matched.
   */
  public void match(String runId) {
    FeedSet feeds = new FeedSet(stores.matches().feeds());
    if (feeds.feeds().isEmpty()) {
      answerIfAsked(runId);
      return;
    }
    list(runId);
    String digest = feeds.digest(program);
    stores.matches().pin(runId, sources(feeds));
    Map<String, Long> unmatched = new TreeMap<>(stores.matches().unmatched(runId, digest));
    unmatched.entrySet().removeIf(one -> isMatched(one.getKey(), digest));
    if (!unmatched.isEmpty()) {
      match(unmatched, feeds, digest);
    }
    stores.matches().apply(runId);
    answerIfAsked(runId);
  }

  private void match(Map<String, Long> unmatched, FeedSet feeds, String digest) {
    Set<String> names = new HashSet<>();
    unmatched.values().forEach(facts -> names.addAll(inventory(facts).names()));
    Matcher matcher = new Matcher(feeds.about(names));
    unmatched.forEach((hash, facts) ->
        stores
            .matches()
            .matched(hash, digest, stores.matches().keep(matcher.match(inventory(facts)))));
  }

  private void answerIfAsked(String runId) {
    if (!said.isNothing()) {
      answer(runId);
    }
  }

  /** Gives images of a run what others say of their vulnerabilities, and nothing of before. */
  public void answer(String runId) {
    Map<Matches, Long> kept = new HashMap<>();
    answer(
        runId,
        (image, matches) ->
            stores
                .matches()
                .answered(image.id(), kept.computeIfAbsent(matches, stores.matches()::keep)));
  }

  /** What the operator said, and whether an image of a run needed it. */
  public List<WaiverUse> vexUses(String runId) {
    if (said.isNothing()) {
      return List.of();
    }
    answer(runId, (image, matches) -> {}); // It has been; an interrupted call may have done it.
    return said.vex().uses().stream().map(ImageMatcher::use).toList();
  }

  /**
   * Results of other scanners that are about no image of the run, a line each; asked after that.
   */
  public List<String> unusedResults() {
    return said.unusedResults();
  }

  private static WaiverUse use(VexUse use) {
    return new WaiverUse(
        use.vulnerability(),
        use.products(),
        Waiver.ofVex(
            use.status(), use.justification(), use.author(), use.expires(), use.document()),
        switch (use.state()) {
          case USED -> WaiverUse.State.USED;
          case UNUSED -> WaiverUse.State.UNUSED;
          case EXPIRED -> WaiverUse.State.EXPIRED;
          case EARLY -> WaiverUse.State.EARLY;
        });
  }

  /** Tells what images have other matches for what is said. */
  private void answer(String runId, BiConsumer<MatchStore.MatchedImage, Matches> changed) {
    long last = 0;
    Matches matches = null;
    for (MatchStore.MatchedImage image : stores.matches().images(runId)) {
      if (matches == null || image.matchesId() != last) {
        last = image.matchesId();
        matches = last == 0 ? UNMATCHED : stores.matches().matches(last);
      }
      Vulnerabilities answered = said.apply(image.named(), matches.vulnerabilities());
      if (!answered.equals(matches.vulnerabilities())) {
        changed.accept(image, new Matches(answered, matches.gaps()));
      }
    }
  }

  /** These facts with what their packages come to now; as they are where there is no feed. */
  public JsonNode matched(JsonNode facts) {
    return about(new FeedSet(stores.matches().feeds()), Stream.of(facts)).matched(facts);
  }

  /** These facts as they were before anybody but feeds said something of vulnerabilities. */
  public JsonNode byFeedsAlone(JsonNode facts) {
    StoredFacts read = StoredFacts.of(facts);
    Vulnerabilities found = read.vulnerabilities();
    Vulnerabilities alone = Said.nothing().apply(NamedImage.of(read), found);
    if (alone.equals(found)) {
      return facts;
    }
    List<String> gaps =
        read.gaps().stream()
            .filter(gap -> Fact.VULNERABILITIES.word().equals(gap.fact()))
            .map(gap -> String.valueOf(gap.reason()))
            .toList();
    return stores.matches().put(facts.deepCopy(), new Matches(alone, gaps), alone.sources());
  }

  /**
   * The feeds that a run has matched with, of which only what is said of the packages of facts is
   * read; empty where those that are kept now are others.
   */
  public Optional<Matching> about(String runId, Stream<JsonNode> facts) {
    FeedSet feeds = new FeedSet(stores.matches().feeds());
    return stores.matches().isPinned(runId, sources(feeds))
        ? Optional.of(about(feeds, facts))
        : Optional.empty();
  }

  private Matching about(FeedSet feeds, Stream<JsonNode> facts) {
    Set<String> names = new HashSet<>();
    if (!feeds.feeds().isEmpty()) {
      facts.forEach(one -> names.addAll(Inventory.of(StoredFacts.of(one)).names()));
    }
    return new Matching(feeds.about(names));
  }

  /** Matches facts whose packages have certain names. Safe for concurrent use. */
  public final class Matching {
    private final FeedSet feeds;
    private final List<Vulnerabilities.Source> sources;

    /** Of what is not there, nothing needs a statement. */
    private final Said ofOthers = said.again();

    private @Nullable Matcher matcher;

    private Matching(FeedSet feeds) {
      this.feeds = feeds;
      this.sources = sources(feeds);
    }

    /** These facts with what their packages come to; as they are where there is no feed. */
    public synchronized JsonNode matched(JsonNode facts) {
      if (sources.isEmpty()) {
        return facts;
      }
      Matcher with = matcher == null ? new Matcher(feeds) : matcher;
      matcher = with;
      StoredFacts read = StoredFacts.of(facts);
      Matches matches = with.match(Inventory.of(read));
      Vulnerabilities answered = ofOthers.apply(NamedImage.of(read), matches.vulnerabilities());
      return stores.matches().put(facts.deepCopy(), new Matches(answered, matches.gaps()), sources);
    }
  }

  private static List<Vulnerabilities.Source> sources(FeedSet feeds) {
    return feeds.feeds().stream().map(ImageMatcher::source).toList();
  }

  /** Whether other facts had the same packages, and were matched with the same feeds. */
  private boolean isMatched(String inventory, String digest) {
    Optional<Long> known = stores.matches().matches(inventory, digest);
    known.ifPresent(matches -> stores.matches().matched(inventory, digest, matches));
    return known.isPresent();
  }

  /** Keeps which packages the described images of a run have. */
  public void list(String runId) {
    list(stores.matches().unlisted(runId));
  }

  /** The same of all images of all runs. */
  public void list() {
    list(stores.matches().unlisted());
  }

  /** The ecosystems of which the images of a run need feeds, as far as they are listed. */
  Set<String> ecosystems(String runId) {
    return stores.matches().ecosystems(runId);
  }

  /** The same of all images of all runs. */
  public Set<String> ecosystems() {
    return stores.matches().ecosystems();
  }

  private void list(List<Long> unlisted) {
    for (long facts : unlisted) {
      stores.matches().list(facts, inventory(facts));
    }
  }

  private Inventory inventory(long facts) {
    return Inventory.of(StoredFacts.of(stores.matches().facts(facts)));
  }

  private static Vulnerabilities.Source source(FeedInfo feed) {
    return new Vulnerabilities.Source(
        "feed",
        feed.name(),
        feed.revision(),
        feed.updatedAt() == null ? null : feed.updatedAt().toString(),
        feed.covers(),
        feed.covers().isEmpty() ? null : Boolean.valueOf(feed.listsUnfixed()));
  }
}
