package dev.tare.batch;

import dev.tare.batch.describe.Attachments;
import dev.tare.batch.describe.BaseLookups;
import dev.tare.batch.describe.ImageDescriber;
import dev.tare.batch.describe.KnownBases;
import dev.tare.batch.list.ManifestFetcher;
import dev.tare.batch.list.RepositoryItem;
import dev.tare.batch.list.RepositoryLister;
import dev.tare.batch.list.RepositoryReader;
import dev.tare.batch.list.RunningImages;
import dev.tare.batch.steps.LayerProcessor;
import dev.tare.batch.steps.RunSteps;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.Comparison;
import dev.tare.finding.NotInspected;
import dev.tare.finding.RunKind;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.inspect.ImageExplorer;
import dev.tare.kubernetes.ClusterInventory;
import dev.tare.layer.LayerFacts;
import dev.tare.lineage.BaseCatalogue;
import dev.tare.lineage.LearnedBase;
import dev.tare.lineage.LineageFinder;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.registry.ImageSource;
import dev.tare.registry.Target;
import dev.tare.registry.TargetEnumeration;
import dev.tare.report.ReportInput;
import dev.tare.stop.StopSignal;
import dev.tare.stop.StoppedException;
import dev.tare.store.ListedImage;
import dev.tare.store.RepositoryListing;
import dev.tare.store.RunLock;
import dev.tare.store.RunPruner;
import dev.tare.store.RunRecord;
import dev.tare.store.StoredImage;
import dev.tare.ticket.TicketPlan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.step.Step;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** All that works on the state: scans, judging again, earlier runs. Closed by whoever opened it. */
public final class Session implements AutoCloseable {
  /** How many look-ups of tags go on at the same time for each repository that is listed. */
  private static final int LOOKUPS_A_LISTING = 4;

  /** Begins the identity of every inspection: they are not resumed. */
  private static final String INSPECTION = "inspect-";

  /**
   * What a scan or a judgement came to.
   *
   * @param results of the run
   * @param resumed whether an interrupted run was continued
   * @param tickets what became of tickets, or null where none were asked for
   * @param inflaters what inflated the layers that this run read, sorted; empty where it read none
   * @param since what changed since the run before; null where there is none
   */
  public record Result(
      RunResults results,
      boolean resumed,
      @Nullable TicketPlan tickets,
      List<String> inflaters,
      @Nullable Comparison since) {}

  /** What inspecting images came to: their facts, and what could not be read. */
  public record Inspection(List<JsonNode> facts, List<NotInspected> notInspected) {
    /** Copies the lists. */
    public Inspection {
      facts = List.copyOf(facts);
      notInspected = List.copyOf(notInspected);
    }
  }

  private final BatchInfrastructure batch;
  private final Stores stores;
  private final Sources sources;
  private final Sources baseSources;
  private final ClusterInventory clusters;
  private final Instruments instruments;
  private final JobRunner runner;

  /**
   * Works with these, which are closed with the session.
   *
   * @param sources of what is scanned
   * @param baseSources of bases that are looked up elsewhere
   * @param clusters whose running images can be asked for; nothing to close
   * @param stop cuts off what goes on
   */
  public Session(
      BatchInfrastructure batch,
      Sources sources,
      Sources baseSources,
      ClusterInventory clusters,
      Instruments instruments,
      StopSignal stop) {
    this.batch = batch;
    this.stores =
        Stores.over(batch.jdbc(), instruments.scannerVersion(), instruments.wholeLayers());
    this.sources = sources;
    this.baseSources = baseSources;
    this.clusters = clusters;
    this.instruments = instruments;
    this.runner = new JobRunner(batch.operator(), batch.repository(), stop);
  }

  /**
   * The main job: enumerate, inspect, evaluate, report, ticket. Goes on where an interrupted run of
   * the same command stopped, unless the request is to start afresh.
   */
  public Result scan(
      ScanRequest request, JudgeRequest judge, OutputRequest output, Progress progress) {
    Ending.check(output);
    String identity = RunIdentity.of(request, judge);
    // Settings that are refused leave no run behind: it begins with the judge at hand.
    try (RunLock lock = batch.locks().take(identity);
        Judge opened = Judge.open(judge, instruments.bundles());
        ExecutorService lookups =
            Executors.newFixedThreadPool(instruments.parallelism() * LOOKUPS_A_LISTING)) {
      Started started = start(identity, output.kind(), null, request.words(), request.fresh());
      RunRecord run = started.run();
      if (started.resumed() && !opened.waivers().isEmpty()) {
        results(run).forEachImage(opened::recall);
      }
      RunSteps steps = steps(run, lock, progress);
      Ending ending = new Ending(stores, batch.transactions(), run.id(), output, instruments);
      Step enumerate = steps.enumerate(reader(request, run), lister(request, lookups));
      JobBuilder builder = new JobBuilder("scan", batch.repository());
      Job job =
          (request.clusters().isEmpty()
                  ? builder.start(enumerate)
                  : builder.start(listClusters(steps, request, run)).next(enumerate))
              .next(steps.scanLayers(layers(run, progress)))
              .next(steps.describeImages(describer(request, run, judge)))
              .next(steps.evaluate(opened))
              .next(steps.check("judged"))
              .next(
                  steps.once(
                      "report",
                      () -> {
                        requireFound(run);
                        ending.write(progress, opened);
                      }))
              .build();
      try {
        runner.run(job, run.id());
      } catch (TareException e) {
        if (isWorthless(run, e)) {
          abandon(run, e);
        }
        throw e;
      }
      return result(run.id(), started.resumed(), ending);
    }
  }

  /** A run that has got hold of nothing is not gone on with: the same command begins again. */
  private boolean isWorthless(RunRecord run, TareException failure) {
    try {
      return stores.images().countReadable(run.id()) == 0;
    } catch (DataAccessException e) {
      failure.addSuppressed(e); // The state may be what failed.
      return false;
    }
  }

  private void abandon(RunRecord run, RuntimeException failure) {
    try {
      stores.runs().abandon(run.id());
    } catch (DataAccessException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * A run to which nothing was handed out of what it was to look at has not done what it was asked
   * for: what it would report is no result.
   */
  private void requireFound(RunRecord run) {
    if (stores.images().countReadable(run.id()) > 0) {
      return;
    }
    RunResults results = results(run);
    List<NotInspected> missing = results.notInspected();
    boolean nothing =
        results.summary().repositories() == 0
            || missing.stream().allMatch(NotInspected::isOutOfReach);
    if (missing.isEmpty() || !nothing) {
      return;
    }
    String others = missing.size() == 1 ? "" : " (and " + (missing.size() - 1) + " more)";
    throw new TareException(
        FailureKind.NOT_FOUND,
        missing.getFirst().reason() + others,
        "Check the name, and that the credentials may read it.");
  }

  /**
   * Judges the facts of an earlier run again, as a run of its own, without a word to a registry.
   */
  public Result evaluate(
      @Nullable String runId, JudgeRequest judge, OutputRequest output, Progress progress) {
    Ending.check(output);
    RunRecord source = run(runId);
    String identity = RunIdentity.of(source.id(), judge);
    try (RunLock lock = batch.locks().take(identity);
        Judge opened = Judge.open(judge, instruments.bundles())) {
      RunRecord run = start(identity, output.kind(), source.id(), source.targets(), true).run();
      RunSteps steps = steps(run, lock, progress);
      Ending ending = new Ending(stores, batch.transactions(), run.id(), output, instruments);
      Job job =
          new JobBuilder("evaluate", batch.repository())
              .preventRestart()
              .start(
                  steps.once(
                      "adoptFacts",
                      () -> {
                        stores.images().copyDescribed(source.id(), run.id());
                        requireKept(source);
                      }))
              .next(steps.evaluate(opened))
              .next(steps.check("judged"))
              .next(steps.once("report", () -> ending.write(progress, opened)))
              .build();
      try {
        runner.run(job, run.id());
      } catch (TareException | StoppedException e) {
        abandon(run, e); // Nobody goes on with it.
        throw e;
      }
      return result(run.id(), false, ending);
    }
  }

  /**
   * The facts of the images a request names; nothing is judged, reported or listed among the runs.
   */
  public Inspection inspect(ScanRequest request, JudgeRequest judge, Progress progress) {
    List<String> targets = request.words();
    abandonInspections();
    // Two that look at the same go side by side: each is a run of its own.
    String identity =
        INSPECTION
            + RunIdentity.newRunId(instruments.clock().instant(), ThreadLocalRandom.current());
    RunRecord run = start(identity, RunKind.INSPECTION, null, targets, true).run();
    try (RunLock lock = batch.locks().take(identity);
        ExecutorService lookups = Executors.newFixedThreadPool(LOOKUPS_A_LISTING)) {
      RunSteps steps = steps(run, lock, progress);
      Job job =
          new JobBuilder("inspect", batch.repository())
              .preventRestart()
              .start(steps.enumerate(reader(request, run), lister(request, lookups)))
              .next(steps.scanLayers(layers(run, progress)))
              .next(steps.describeImages(describer(request, run, judge)))
              .next(steps.check("described"))
              .build();
      runner.run(job, run.id());
    } finally {
      stores.runs().abandon(run.id());
    }
    List<JsonNode> facts = new ArrayList<>();
    for (StoredImage image : stores.images().inState(run.id(), "described")) {
      facts.add(stores.images().facts(image.id()));
    }
    requireFound(run);
    return new Inspection(facts, results(run).notInspected());
  }

  /** Smaller bases among the images that finished runs have seen, each as it was seen last. */
  public SmallerBases smallerBases() {
    return new SmallerBases(stores.contents(), "");
  }

  /** The files of an image that was inspected, and of its layers. */
  public ImageExplorer explorer(JsonNode facts) {
    return new ImageExplorer(
        facts
            .path("layers")
            .valueStream()
            .map(layer -> Digest.parse(layer.path("digest").asString()))
            .map(digest ->
                stores
                    .layers()
                    .facts(digest)
                    .orElseThrow(() ->
                        new TareException(
                            FailureKind.BAD_CONTENT, "layer " + digest + " was not read")))
            .map(LayerFacts::index)
            .toList());
  }

  /** What learning bases came to. */
  public record Learning(List<LearnedBase> bases, List<NotInspected> notInspected) {
    /** Copies the lists. */
    public Learning {
      bases = List.copyOf(bases);
      notInspected = List.copyOf(notInspected);
    }
  }

  /** What a later scan has to know of these images to recognise them as bases; reads no layer. */
  public Learning learn(ScanRequest request) {
    List<LearnedBase> bases = new ArrayList<>();
    List<NotInspected> problems = new ArrayList<>();
    try (ExecutorService lookups = Executors.newFixedThreadPool(LOOKUPS_A_LISTING)) {
      RepositoryLister lister = lister(request, lookups);
      for (Target target : request.targets()) {
        ImageSource source = sources.of(target.registry());
        TargetEnumeration enumeration = new TargetEnumeration(source, request.filter());
        enumeration
            .repositories(target)
            .forEachRemaining(repository -> {
              RepositoryListing listing =
                  lister.list(
                      new RepositoryItem(
                          source, enumeration, repository, List.of(target), true, Set.of()));
              listing.images().forEach(image -> bases.add(learned(image)));
              problems.addAll(listing.notInspected());
            });
      }
    }
    return new Learning(bases, problems);
  }

  private LearnedBase learned(ListedImage image) {
    String repository = image.registry() + "/" + image.repository();
    return new LearnedBase(
        image.tags().isEmpty()
            ? List.of(repository + "@" + image.digest())
            : image.tags().stream().map(tag -> repository + ":" + tag).toList(),
        image.digest(),
        image.indexDigest(),
        image.platform(),
        stores
            .documents()
            .find(image.configDigest())
            .map(config -> ImageConfig.parse(config.content()).created())
            .orElse(null),
        image.diffIds());
  }

  /** The results of a finished run: of the one this identifier begins, or of the last scan. */
  public RunResults results(@Nullable String runId) {
    return results(run(runId));
  }

  private RunResults results(RunRecord run) {
    RunSummary summary = run.summary();
    return stores.results(run, summary == null ? stores.summary(run.id()) : summary);
  }

  /**
   * Writes the reports of a finished run again.
   *
   * @param since the run to say what is new and fixed since; null for the scan before of the same
   *     targets, or for the run that an evaluation judged again
   * @return what changed since then; null where there is no earlier run
   */
  public @Nullable Comparison report(
      @Nullable String runId, @Nullable String since, OutputRequest output) {
    output.check();
    RunRecord run = run(runId);
    RunRecord earlier = since == null ? null : run(since);
    ReportInput input = new Past(stores).of(run, results(run), earlier).with(Ending.beside(output));
    OutputDirectory.claim(output);
    output.reports().write(input, output.directory(), output.formats());
    requireKept(run);
    return input.since();
  }

  /** What a report of a finished run tells, compared with the run before of the same targets. */
  public ReportInput input(@Nullable String runId) {
    RunRecord run = run(runId);
    return new Past(stores).of(run, results(run), null);
  }

  /** The runs that finished, and the scans that can go on, the last one first. */
  public List<RunRecord> runs() {
    return stores.runs().all();
  }

  /**
   * Forgets all but the newest runs of each kind and list of targets, and what inspections and
   * failed runs left. An embedded database is closed by it: nothing else can be asked of this
   * session afterwards.
   *
   * @param dryRun whether they are only named
   * @return identifiers of the listed runs that are forgotten, the newest first
   */
  public List<String> prune(int keep, boolean dryRun) {
    RunPruner pruner = new RunPruner(batch.jdbc());
    List<String> old = pruner.olderThanNewest(keep);
    if (!dryRun) {
      TransactionTemplate transaction = new TransactionTemplate(batch.transactions());
      List<String> all = new ArrayList<>(old);
      all.addAll(pruner.abandoned());
      for (String run : all) {
        transaction.executeWithoutResult(status -> pruner.prune(run));
        runner.forget(run);
      }
      pruner.compact();
    }
    return old;
  }

  /**
   * Brings the tickets in line with a run, or says what that would do; throws USAGE where tickets
   * would be written for an evaluation.
   *
   * @param allowClosing whether as many close as would, for whatever reason
   */
  public TicketPlan tickets(@Nullable String runId, OutputRequest output, boolean allowClosing) {
    output.check();
    RunRecord run = run(runId);
    if (output.tickets() != OutputRequest.Tickets.DRY_RUN) {
      if (run.kind() == RunKind.EVALUATION) {
        throw new TareException(
            FailureKind.USAGE,
            "bring tickets in line with run " + run.id() + ": it is an evaluation",
            "--dry-run shows what would become of them; tare evaluate --record judges again for good.");
      }
      OutputDirectory.claim(output);
    }
    return new Ending(stores, batch.transactions(), run.id(), output, instruments)
        .reconcile(allowClosing);
  }

  private RunSteps steps(RunRecord run, RunLock lock, Progress progress) {
    return new RunSteps(
        batch.repository(),
        batch.transactions(),
        stores,
        run,
        lock,
        progress,
        instruments.parallelism());
  }

  private LayerProcessor layers(RunRecord run, Progress progress) {
    return new LayerProcessor(
        sources,
        instruments.scanner(),
        instruments.wholeLayers() ? Optional.empty() : Optional.of(instruments.partialScanner()),
        layer -> stores.layers().described(run.id(), layer),
        progress);
  }

  private RepositoryReader reader(ScanRequest request, RunRecord run) {
    return new RepositoryReader(
        () -> runningImages(run).addTo(request.targets()),
        request.filter(),
        sources,
        stores.enumeration(),
        stores.sightings(),
        run.id());
  }

  private Step listClusters(RunSteps steps, ScanRequest request, RunRecord run) {
    return steps.once("listClusters", () -> runningImages(run).list(request.clusters()));
  }

  private RunningImages runningImages(RunRecord run) {
    return new RunningImages(clusters, stores.usage(), stores.enumeration(), run.id());
  }

  private RepositoryLister lister(ScanRequest request, ExecutorService lookups) {
    return new RepositoryLister(
        new ManifestFetcher(stores.documents()),
        request.filter(),
        lookups,
        !request.clusters().isEmpty(),
        instruments.clock());
  }

  private ImageDescriber describer(ScanRequest request, RunRecord run, JudgeRequest judge) {
    ManifestFetcher fetcher = new ManifestFetcher(stores.documents());
    Set<String> scanned =
        request.targets().stream().map(Target::registry).collect(Collectors.toSet());
    BaseCatalogue bases = request.bases();
    return new ImageDescriber(
        stores,
        instruments.inspector(),
        Judge.profiles(judge),
        new Attachments(sources, fetcher, stores.documents()),
        new LineageFinder(
            new KnownBases(stores.catalog(run.id()), bases),
            new BaseLookups(sources, baseSources, fetcher, scanned, bases.registries())),
        run.id(),
        run.startedAt());
  }

  /** Inspections that were killed are forgotten with the next pruning. */
  private void abandonInspections() {
    for (RunRecord inspection : stores.runs().unfinishedLike(INSPECTION)) {
      batch
          .locks()
          .tryTake(inspection.identity())
          .ifPresent(lock -> {
            stores.runs().abandon(inspection.id());
            lock.close();
          });
    }
  }

  /** What was read of a run stands only where nobody pruned it meanwhile. */
  private void requireKept(RunRecord run) {
    if (stores.runs().find(run.id()).isEmpty()) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "read run " + run.id() + ": it was pruned meanwhile",
          "tare runs lists those that are left.");
    }
  }

  /** A run that begins, or goes on. */
  private record Started(RunRecord run, boolean resumed) {}

  private Started start(
      String identity,
      RunKind kind,
      @Nullable String sourceRun,
      List<String> targets,
      boolean fresh) {
    RunRecord unfinished = stores.runs().unfinished(identity).orElse(null);
    if (unfinished != null && !fresh) {
      return new Started(unfinished, true);
    }
    if (unfinished != null) {
      stores.runs().abandon(unfinished.id());
    }
    Instant now = instruments.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    RunRecord run =
        new RunRecord(
            RunIdentity.newRunId(now, ThreadLocalRandom.current()),
            identity,
            kind,
            false,
            sourceRun,
            instruments.version(),
            targets,
            now,
            null,
            null);
    stores.runs().start(run);
    return new Started(run, false);
  }

  private Result result(String runId, boolean resumed, Ending ending) {
    stores.runs().complete(runId);
    return new Result(
        results(runId),
        resumed,
        ending.tickets(),
        instruments.scanner().inflaters().stream().sorted().toList(),
        ending.since());
  }

  /**
   * A finished run: the one whose identifier begins like this, or the last scan; throws USAGE where
   * there is none.
   */
  public RunRecord run(@Nullable String runId) {
    if (runId == null) {
      return stores
          .runs()
          .latest()
          .orElseThrow(() ->
              new TareException(
                  FailureKind.USAGE,
                  "there is no finished scan yet",
                  "Scan something first: tare scan TARGET."));
    }
    List<RunRecord> meant = stores.runs().beginning(runId);
    if (meant.size() != 1) {
      throw new TareException(
          FailureKind.USAGE,
          meant.isEmpty()
              ? "run \"" + runId + "\": there is none"
              : "run \"%s\": %d runs begin like that".formatted(runId, meant.size()),
          "tare runs lists all of them.");
    }
    RunRecord run = meant.getFirst();
    if (!run.finished()) {
      throw new TareException(
          FailureKind.USAGE,
          "run " + run.id() + ": it has not finished",
          "The same scan goes on with it; tare runs lists those that have.");
    }
    return run;
  }

  @Override
  public void close() {
    sources.close();
    baseSources.close();
    batch.close();
  }
}
