package dev.tare.batch;

import dev.tare.store.LayerStore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How far a run is, counted by its steps and read by whoever shows it. Safe for concurrent use. */
public final class Progress {
  /** The steps in their order, with the words people see. */
  public enum Phase {
    /** Before the first step. */
    STARTING("starting"),
    /** Repositories, tags, manifests. */
    ENUMERATE("listing"),
    /** Layer blobs. */
    SCAN_LAYERS("reading layers"),
    /** Image facts. */
    DESCRIBE("describing"),
    /** Feeds of advisories. */
    FEEDS("fetching feeds"),
    /** Policies. */
    EVALUATE("judging"),
    /** Images on other bases. */
    PREDICT("predicting"),
    /** Tickets. */
    TICKET("tickets"),
    /** Reports. */
    REPORT("writing reports");

    private final String word;

    Phase(String word) {
      this.word = word;
    }

    /** The word for people. */
    public String word() {
      return word;
    }
  }

  /**
   * A look at one moment.
   *
   * @param done items of this phase that are done
   * @param total items of this phase, -1 where that is not known yet
   * @param bytes compressed bytes of layers fetched so far; once feeds are fetched, of those
   * @param totalBytes compressed bytes of layers to fetch
   */
  public record Snapshot(
      Phase phase,
      int repositories,
      int images,
      int problems,
      int done,
      int total,
      long bytes,
      long totalBytes) {}

  private final Consumer<LayerStore.Outdated> outdated;
  private volatile Phase phase = Phase.STARTING;
  private final AtomicInteger repositories = new AtomicInteger();
  private final AtomicInteger images = new AtomicInteger();
  private final AtomicInteger problems = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger total = new AtomicInteger(-1);
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong totalBytes = new AtomicLong();

  /** Nobody is told what is read again. */
  public Progress() {
    this(layers -> {});
  }

  /**
   * Counts.
   *
   * @param outdated told once, before it begins, of layers that are read again
   */
  public Progress(Consumer<LayerStore.Outdated> outdated) {
    this.outdated = outdated;
  }

  public void begin(Phase next, int items) {
    done.set(0);
    total.set(items);
    phase = next;
  }

  /** Begins to fetch feeds, whose bytes are counted anew. */
  public void beginFeeds(int addresses) {
    bytes.set(0);
    totalBytes.set(0);
    begin(Phase.FEEDS, addresses);
  }

  public void repositoryListed(int imagesInIt, int problemsInIt) {
    repositories.incrementAndGet();
    images.addAndGet(imagesInIt);
    problems.addAndGet(problemsInIt);
    done.incrementAndGet();
  }

  public void itemDone(@Nullable String problem) {
    done.incrementAndGet();
    if (problem != null) {
      problems.incrementAndGet();
    }
  }

  public void readAgain(LayerStore.Outdated layers) {
    if (layers.layers() > 0) {
      outdated.accept(layers);
    }
  }

  public void bytesToFetch(long count) {
    totalBytes.set(count);
  }

  public void bytesFetched(long count) {
    bytes.addAndGet(count);
  }

  /** Where the run is now. */
  public Snapshot snapshot() {
    return new Snapshot(
        phase,
        repositories.get(),
        images.get(),
        problems.get(),
        done.get(),
        total.get(),
        bytes.get(),
        totalBytes.get());
  }
}
