package dev.tare.batch.steps;

import dev.tare.batch.Judge;
import dev.tare.batch.OutsideTransaction;
import dev.tare.batch.Progress;
import dev.tare.batch.SideBySide;
import dev.tare.batch.Stores;
import dev.tare.batch.describe.Description;
import dev.tare.batch.describe.ImageDescriber;
import dev.tare.batch.describe.LinkedFiles;
import dev.tare.batch.list.RepositoryItem;
import dev.tare.batch.list.RepositoryLister;
import dev.tare.batch.list.RepositoryReader;
import dev.tare.batch.match.FeedRefresh;
import dev.tare.batch.match.ImageMatcher;
import dev.tare.batch.predict.BasePredictions;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.NotInspected;
import dev.tare.layer.ContentInterest;
import dev.tare.store.ImageState;
import dev.tare.store.LayerStore;
import dev.tare.store.RepositoryListing;
import dev.tare.store.RunLock;
import dev.tare.store.RunRecord;
import dev.tare.store.StoredImage;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The steps of one run. Each takes what the store says is still to be done and commits what it has
 * done chunk by chunk, so that a run that was killed goes on behind its last chunk.
 */
public final class RunSteps {
  /** Images that are judged one after the other, and then committed. */
  private static final int IMAGES_A_CHUNK = 8;

  /**
   * The same of those that are described: most of it is asking the store, which is done at once.
   */
  private static final int IMAGES_A_PAGE = 32;

  private static final Comparator<StoredImage> BY_PLACE =
      Comparator.comparing(StoredImage::reference)
          .thenComparing(image -> image.digest().toString());

  private final JobRepository jobRepository;
  private final PlatformTransactionManager transactions;
  private final OutsideTransaction outside;
  private final Stores stores;
  private final RunRecord run;
  private final RunLock lock;
  private final Progress progress;
  private final int parallelism;
  private final String program;
  private final SideBySide sideBySide;

  /**
   * Of this run.
   *
   * @param lock what shows that nobody else works on it
   * @param parallelism how much is done side by side
   * @param program equal for the same classes and lists
   */
  public RunSteps(
      JobRepository jobRepository,
      PlatformTransactionManager transactions,
      Stores stores,
      RunRecord run,
      RunLock lock,
      Progress progress,
      int parallelism,
      String program) {
    this.jobRepository = jobRepository;
    this.transactions = transactions;
    this.outside = new OutsideTransaction(transactions);
    this.stores = stores;
    this.run = run;
    this.lock = lock;
    this.progress = progress;
    this.parallelism = parallelism;
    this.program = program;
    this.sideBySide = new SideBySide(jobRepository, parallelism);
  }

  /**
   * Targets to repositories, tags, manifests, configs. A chunk is as many repositories as are
   * listed side by side; one writer keeps them, because repositories share layers, and writers that
   * took those in different orders would wait for each other.
   */
  public Step enumerate(RepositoryReader reader, RepositoryLister lister) {
    ItemReader<RepositoryItem> repositories =
        () -> {
          if (progress.snapshot().phase() != Progress.Phase.ENUMERATE) {
            progress.begin(Progress.Phase.ENUMERATE, -1);
          }
          return reader.read();
        };
    return this.<RepositoryItem, RepositoryListing>chunks(
            "enumerate",
            parallelism,
            repositories,
            item -> {
              RepositoryListing listing = lister.list(item);
              progress.repositoryListed(listing.images().size(), listing.notInspected().size());
              return listing;
            },
            // In one order: two runs may list the same repositories.
            listings ->
                listings.stream()
                    .sorted(
                        Comparator.comparing(RepositoryListing::registry)
                            .thenComparing(RepositoryListing::repository))
                    .forEach(listing -> stores.enumeration().add(run.id(), listing)))
        .taskExecutor(new SimpleAsyncTaskExecutor("list-"))
        .build();
  }

  /**
   * Each different layer that nobody has read before, once; each layer is a chunk of its own, and
   * no reader is idle while layers wait.
   */
  public Step scanLayers(LayerProcessor processor) {
    return sideBySide.step(
        "scanLayers",
        this::beginScan,
        this.<LayerStore.Pending, LayerReading>chunks(
                "layers",
                1,
                new QueueReader<>(
                    () -> processor.inOrder(stores.layers().pending(run.id()), layer -> layer)),
                processor::process,
                readings -> readings.forEach(this::keep))
            .build());
  }

  private void beginScan() {
    progress.readAgain(stores.layers().readAgain(run.id()));
    var totals = stores.layers().totals(run.id());
    progress.bytesToFetch(totals.pendingBytes());
    progress.begin(Progress.Phase.SCAN_LAYERS, totals.pending());
  }

  private void keep(LayerReading reading) {
    switch (reading) {
      case LayerReading.Read read -> stores.layers().keep(run.id(), read.facts());
      case LayerReading.ReadAgain again ->
          stores.layers().keepMore(run.id(), again.layer(), again.files(), again.fetchedBytes());
      case LayerReading.Unreadable unreadable ->
          stores
              .layers()
              .unreadable(run.id(), unreadable.layer(), unreadable.kind(), unreadable.reason());
    }
  }

  /**
   * Layer facts to image facts, page by page; each page is a chunk. Images stay as they are where
   * {@link #readAgain} can add to what is known of their layers.
   */
  public Step describeImages(ImageDescriber describer) {
    return describe("describeImages", describer, false);
  }

  /**
   * Fetches layers once more, each once, for files that links lead to and whose content nobody
   * kept. What is to be read is asked of the images that are not described yet: what a chunk has
   * kept is no longer asked for after a restart.
   */
  public Step readAgain(ImageDescriber describer, LayerProcessor processor, ContentInterest all) {
    QueueReader<LinkedFiles> layers =
        new QueueReader<>(() -> {
          List<LinkedFiles> unread =
              describer.unread(stores.images().inState(run.id(), ImageState.LISTED));
          long bytes =
              unread.stream().mapToLong(files -> files.layer().descriptor().sizeBytes()).sum();
          progress.readAgain(new LayerStore.Outdated(unread.size(), bytes, Set.of()));
          progress.bytesToFetch(progress.snapshot().bytes() + bytes);
          progress.begin(Progress.Phase.SCAN_LAYERS, unread.size());
          return processor.inOrder(unread, LinkedFiles::layer);
        });
    return sideBySide.step(
        "readAgain",
        () -> {},
        this.<LinkedFiles, LayerReading>chunks(
                "linked",
                1,
                layers,
                files -> processor.processAgain(files, all),
                readings -> readings.forEach(this::keepAgain))
            .build());
  }

  /** A layer that was read and cannot be fetched again now is none that cannot be read. */
  private void keepAgain(LayerReading reading) {
    if (!(reading instanceof LayerReading.Unreadable)) {
      keep(reading);
    }
  }

  /** The images that waited for {@link #readAgain}; what that could not read are gaps. */
  public Step describeAgain(ImageDescriber describer) {
    return describe("describeAgain", describer, true);
  }

  private Step describe(String name, ImageDescriber describer, boolean anyway) {
    QueueReader<StoredImage> images = images(ImageState.LISTED);
    return sideBySide.step(
        name,
        () -> begin(Progress.Phase.DESCRIBE, ImageState.LISTED),
        this.<List<StoredImage>, List<Description>>chunks(
                "images",
                1,
                () -> images.readSeveral(parallelism, IMAGES_A_PAGE),
                page -> describer.describe(page, this::described, anyway),
                pages -> pages.forEach(this::keepDescriptions))
            .build());
  }

  private void described(Description description) {
    progress.itemDone(
        description instanceof Description.Undescribed undescribed
            ? undescribed.problem().reason()
            : null);
  }

  /** Each kind of row in one order: two repositories, or runs, may have the same images. */
  private void keepDescriptions(List<Description> descriptions) {
    stores
        .images()
        .describedAsBefore(
            descriptions.stream()
                .filter(Description.Unchanged.class::isInstance)
                .map(description -> ((Description.Unchanged) description).facts())
                .toList());
    descriptions.stream()
        .sorted(Comparator.comparing(description -> description.image().digest().toString()))
        .forEach(this::keep);
    descriptions.stream()
        .sorted(Comparator.comparing(Description::image, BY_PLACE))
        .forEach(description -> {
          if (description instanceof Description.Described described) {
            described
                .madeOf()
                .ifPresent(madeOf -> stores.last().described(described.image().id(), madeOf));
          }
        });
  }

  private void keep(Description description) {
    switch (description) {
      case Description.Unchanged unchanged -> {} // All of them have been kept.
      case Description.Postponed postponed -> {}
      case Description.Described described -> {
        if (stores.images().described(described.image().id(), described.facts())) {
          stores
              .contents()
              .keep(described.image().digest(), described.contents(), described.ancestors());
        }
      }
      case Description.Undescribed undescribed -> {
        if (stores.images().unreadable(undescribed.image().id())) {
          NotInspected problem = undescribed.problem();
          stores.enumeration().addNotInspected(run.id(), problem);
        }
      }
    }
  }

  /** Which feeds the packages need. */
  public Step listPackages(FeedRefresh refresh) {
    return once("listPackages", refresh::list);
  }

  /** Feeds that are older than they may be are fetched, as far as they can be had soon. */
  public Step refreshFeeds(FeedRefresh refresh) {
    return outsideTransaction("refreshFeeds", () -> refresh.fetch(progress));
  }

  /** Packages to vulnerabilities, in one transaction: it takes seconds. */
  public Step match(ImageMatcher matcher) {
    return once("match", () -> matcher.match(run.id()));
  }

  /** What an earlier run has found, with what the operator says now. */
  public Step answer(ImageMatcher matcher) {
    return once("answer", () -> matcher.answer(run.id()));
  }

  /**
   * Images that were judged by the same on the same day are not judged again. With waivers they
   * are, as far as need be: those are applied to outcomes one by one.
   */
  public Step takeOver(Judge judge) {
    return once(
        "takeOver",
        () -> {
          if (judge.waives()) {
            return;
          }
          judgeAll(judge);
          String digest = judge.digest(program);
          stores.last().takeOver(stores.last().judgedToday(run.id(), digest), digest);
        });
  }

  /** Facts to outcomes. */
  public Step evaluate(Judge judge) {
    String digest = judge.digest(program);
    return sideBySide.step(
        "evaluate",
        () -> {
          judgeAll(judge);
          begin(Progress.Phase.EVALUATE, ImageState.DESCRIBED);
        },
        this.<StoredImage, Judgement>chunks(
                "judgements",
                IMAGES_A_CHUNK,
                images(ImageState.DESCRIBED),
                image -> {
                  Judgement judgement = Judgement.of(image, stores, judge, digest);
                  progress.itemDone(null);
                  return judgement;
                },
                judgements -> keepJudgements(judgements, digest))
            .build());
  }

  /** Each kind of row in one order: two images, or runs, may have the same outcomes. */
  private void keepJudgements(List<? extends Judgement> judgements, String digest) {
    judgements.stream()
        .sorted(Comparator.comparing(judgement -> judgement.outcomes().order()))
        .map(judgement ->
            new Judgement.Kept(
                judgement,
                stores
                    .images()
                    .judged(
                        judgement.image().id(), judgement.compressedBytes(), judgement.outcomes())))
        .sorted(Comparator.comparing(kept -> kept.judgement().image(), BY_PLACE))
        .filter(kept -> kept.judgement().complete())
        .forEach(kept -> stores.last().judged(kept.judgement().facts(), digest, kept.outcomes()));
  }

  /** Images that other policies judged, before the run was interrupted, are judged again. */
  private void judgeAll(Judge judge) {
    if (!stores.runs().policies(run.id()).equals(judge.revisions())) {
      stores.images().judgeAgain(run.id());
      stores.runs().judgedBy(run.id(), judge.revisions(), judge.rules());
    }
  }

  /** Judged images to what they would be on other bases, as far as that is not stored. */
  public Step predict(BasePredictions predictions) {
    return sideBySide.step(
        "predict",
        () -> {},
        this.<BasePredictions.ToDo, BasePredictions.Done>chunks(
                "predictions",
                IMAGES_A_CHUNK,
                new QueueReader<>(predictions::toDo),
                predictions::predict,
                done -> done.forEach(predictions::keep))
            .build());
  }

  /**
   * Ends the run with an error where an image that was listed is neither in this state nor among
   * the not inspected.
   */
  public Step check(ImageState done) {
    return once(
        "check",
        () -> {
          List<StoredImage> lost = stores.images().unaccounted(run.id(), done);
          if (!lost.isEmpty()) {
            throw new TareException(
                FailureKind.INTERNAL,
                "run "
                    + run.id()
                    + ": of the listed images "
                    + lost.size()
                    + " are neither "
                    + done.word()
                    + " nor among the not inspected; the first is "
                    + lost.getFirst().reference(),
                "The same command resumes with them; no report was written.");
          }
        });
  }

  /** One piece of work in one transaction. */
  public Step once(String name, Runnable work) {
    return new OnceStep(
        name,
        jobRepository,
        transactions,
        () -> {
          lock.requireHeld();
          work.run();
        });
  }

  /**
   * One piece of work that takes its time, and writes elsewhere too: it runs outside of any
   * transaction, what it writes to the store is kept at once.
   */
  public Step outsideTransaction(String name, Runnable work) {
    return once(name, () -> outside.run(work));
  }

  private void begin(Progress.Phase phase, ImageState toDo) {
    progress.begin(phase, stores.images().count(run.id(), toDo));
  }

  private QueueReader<StoredImage> images(ImageState state) {
    return new QueueReader<>(() -> stores.images().inState(run.id(), state));
  }

  /** Reads and works without a transaction; that of the chunk begins when it is written. */
  private <I, O> ChunkOrientedStepBuilder<I, O> chunks(
      String name,
      int size,
      ItemReader<I> reader,
      Function<I, O> work,
      Consumer<List<? extends O>> keep) {
    return new StepBuilder(name, jobRepository)
        .<I, O>chunk(size)
        .transactionManager(transactions)
        .reader(() -> outside.call(reader::read))
        .processor(item -> outside.call(() -> work.apply(item)))
        .writer(chunk -> {
          lock.requireHeld();
          keep.accept(chunk.getItems());
        });
  }
}
