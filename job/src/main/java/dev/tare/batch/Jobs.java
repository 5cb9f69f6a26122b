package dev.tare.batch;

import dev.tare.batch.compare.ImageSides;
import dev.tare.batch.match.FeedRefresh;
import dev.tare.batch.match.ImageMatcher;
import dev.tare.kubernetes.ClusterInventory;
import dev.tare.stop.StopSignal;
import dev.tare.vulnerability.FeedAddresses;
import dev.tare.vulnerability.FeedUpdate;
import dev.tare.vulnerability.Feeds;
import org.springframework.transaction.support.TransactionTemplate;

/** All that works on one state. Closed by whoever opened it. */
public final class Jobs implements AutoCloseable {
  private final JobParts parts;
  private final RunStarter starter;
  private final JobRunner runner;
  private final RunArchive archive;
  private final Feeds feeds;
  private final FeedArtifacts feedArtifacts;

  /**
   * Works with these, which are closed with the jobs.
   *
   * @param sources of what is scanned
   * @param baseSources of bases that are looked up elsewhere
   * @param clusters whose running images can be asked for; nothing to close
   * @param stop cuts off what goes on
   */
  public Jobs(
      BatchInfrastructure batch,
      Sources sources,
      Sources baseSources,
      ClusterInventory clusters,
      RunSettings settings,
      StopSignal stop) {
    this.parts = new JobParts(batch, sources, baseSources, clusters, settings, stop);
    this.starter = new RunStarter(parts);
    this.runner = new JobRunner(batch.operator(), batch.repository(), stop);
    this.archive = new RunArchive(parts);
    this.feeds =
        new Feeds(
            parts.stores().matches().feeds(), settings.registries().http(), stop, settings.clock());
    this.feedArtifacts = new FeedArtifacts(feeds, settings.registries(), stop);
  }

  /** Scans. */
  public ScanJob scan() {
    return new ScanJob(parts, feeds, starter, archive, runner);
  }

  /** Judges again. */
  public EvaluateJob evaluate() {
    return new EvaluateJob(parts, starter, archive, runner);
  }

  /** Inspects. */
  public InspectJob inspect() {
    return new InspectJob(parts, starter, archive, runner);
  }

  /** Compares images. */
  public ImageDiffs diffs() {
    return new ImageDiffs(parts, inspect(), sides());
  }

  /** Predicts images on other bases. */
  public ImageRebases rebases() {
    return new ImageRebases(parts, archive, sides());
  }

  private ImageSides sides() {
    return new ImageSides(inspect(), archive);
  }

  /** Learns bases. */
  public BaseLearning bases() {
    return new BaseLearning(parts);
  }

  /** The runs there are. */
  public RunArchive archive() {
    return archive;
  }

  /** Feeds of advisories. */
  public Feeds feeds() {
    return feeds;
  }

  /** The same in registries. */
  public FeedArtifacts feedArtifacts() {
    return feedArtifacts;
  }

  /** Fetches the feeds that the images of all runs need. */
  public FeedUpdate fetchFeeds(FeedAddresses addresses, Progress progress) {
    ImageMatcher images = parts.matcher();
    new TransactionTemplate(parts.batch().transactions())
        .executeWithoutResult(status -> images.list());
    return feeds.fetch(images.ecosystems(), addresses, FeedRefresh.shown(progress));
  }

  /** What is kept, and for how long. */
  public Retention retention() {
    return new Retention(parts, runner);
  }

  @Override
  public void close() {
    parts.close();
  }
}
