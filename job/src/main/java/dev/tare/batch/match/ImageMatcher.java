package dev.tare.batch.match;

import dev.tare.batch.Stores;
import dev.tare.facts.StoredFacts;
import dev.tare.facts.Vulnerabilities;
import dev.tare.store.MatchStore;
import dev.tare.vulnerability.FeedInfo;
import dev.tare.vulnerability.FeedSet;
import dev.tare.vulnerability.Inventory;
import dev.tare.vulnerability.Matcher;
import java.util.HashMap;
import java.util.Map;

/** Matches the packages of described images with the feeds that are kept; no registry is asked. */
public final class ImageMatcher {
  private final Stores stores;
  private final String program;

  /**
   * Matches what is stored.
   *
   * @param program that matches: equal for the same classes
   */
  public ImageMatcher(Stores stores, String program) {
    this.stores = stores;
    this.program = program;
  }

  /**
   * Pins the feeds as they are now, and gives the described images of a run what their packages
   * come to. Facts that were matched with the same feeds before are not looked at; equal packages
   * are matched once. Where there is no feed, nothing is matched.
   */
  public void match(String runId) {
    FeedSet feeds = new FeedSet(stores.matches().feeds());
    if (feeds.feeds().isEmpty()) {
      return;
    }
    String digest = feeds.digest(program);
    stores.matches().pin(runId, feeds.feeds().stream().map(ImageMatcher::source).toList());
    Matcher matcher = new Matcher(feeds);
    stores
        .matches()
        .unmatched(runId, digest)
        .forEach((hash, facts) ->
            stores
                .matches()
                .matchedAgain(
                    hash, digest, stores.matches().keep(matcher.match(inventory(facts)))));
    matchUnknown(runId, matcher, digest);
    stores.matches().apply(runId);
  }

  /** Facts that were never matched; many have the packages of others. */
  private void matchUnknown(String runId, Matcher matcher, String digest) {
    Map<String, Long> known = new HashMap<>();
    for (long facts : stores.matches().unknown(runId)) {
      Inventory inventory = inventory(facts);
      String hash = MatchStore.hash(inventory);
      long matches =
          known.computeIfAbsent(
              hash,
              any ->
                  stores
                      .matches()
                      .matches(hash, digest)
                      .orElseGet(() -> stores.matches().keep(matcher.match(inventory))));
      stores.matches().matched(facts, hash, digest, matches);
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
