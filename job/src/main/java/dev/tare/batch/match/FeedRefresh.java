package dev.tare.batch.match;

import dev.tare.batch.FeedRequest;
import dev.tare.batch.Progress;
import dev.tare.vulnerability.FeedProgress;
import dev.tare.vulnerability.FeedUpdate;
import dev.tare.vulnerability.Feeds;
import org.jspecify.annotations.Nullable;

/** Brings the feeds up to date that the images of a run need, before they are matched. */
public final class FeedRefresh {
  private final ImageMatcher images;
  private final Feeds feeds;
  private final FeedRequest request;
  private final String runId;
  private @Nullable FeedUpdate update;

  /** For the images of a run. */
  public FeedRefresh(ImageMatcher images, Feeds feeds, FeedRequest request, String runId) {
    this.images = images;
    this.feeds = feeds;
    this.request = request;
    this.runId = runId;
  }

  /** Finds out which feeds are needed, and keeps that. */
  public void list() {
    images.list(runId);
  }

  /** Tries to fetch them; what cannot be had keeps nobody from going on. */
  public void fetch(Progress progress) {
    update =
        feeds.tryToFetch(
            images.ecosystems(runId), request.addresses(), request.maxAge(), shown(progress));
  }

  /** What came of it; null where an interrupted call had done it. */
  public @Nullable FeedUpdate update() {
    return update;
  }

  /** Told as a phase of its own. */
  public static FeedProgress shown(Progress progress) {
    return new FeedProgress() {
      @Override
      public void begin(int addresses) {
        progress.beginFeeds(addresses);
      }

      @Override
      public void bytes(long count) {
        progress.bytesFetched(count);
      }

      @Override
      public void done(boolean failed) {
        progress.itemDone(null);
      }
    };
  }
}
