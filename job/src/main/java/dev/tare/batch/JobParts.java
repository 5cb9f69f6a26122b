package dev.tare.batch;

import dev.tare.batch.describe.Attachments;
import dev.tare.batch.describe.BaseLookups;
import dev.tare.batch.describe.ImageDescriber;
import dev.tare.batch.list.AttachmentTags;
import dev.tare.batch.list.ManifestFetcher;
import dev.tare.batch.list.RepositoryLister;
import dev.tare.batch.list.RepositoryReader;
import dev.tare.batch.list.RunningImages;
import dev.tare.batch.match.ImageMatcher;
import dev.tare.batch.predict.BasePredictions;
import dev.tare.batch.predict.StoredStacks;
import dev.tare.batch.steps.LayerProcessor;
import dev.tare.batch.steps.RunSteps;
import dev.tare.inspect.KeptContent;
import dev.tare.inspect.OwnLayers;
import dev.tare.kubernetes.ClusterInventory;
import dev.tare.lineage.BaseCatalogue;
import dev.tare.rebase.Predictor;
import dev.tare.registry.Target;
import dev.tare.stop.StopSignal;
import dev.tare.store.ReferrersApis;
import dev.tare.store.RunLock;
import dev.tare.store.RunPruner;
import dev.tare.store.RunRecord;
import dev.tare.vulnerability.Said;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.step.Step;
import org.springframework.dao.DataAccessException;
import org.springframework.util.function.SingletonSupplier;

/** What all jobs are made of: the state, where images come from, and the parts of their steps. */
final class JobParts implements AutoCloseable {
  /** How many look-ups of tags go on at the same time for each repository that is listed. */
  private static final int LOOKUPS_A_LISTING = 4;

  private static final Logger LOG = LoggerFactory.getLogger(JobParts.class);

  private final BatchInfrastructure batch;
  private final Stores stores;
  private final Sources sources;
  private final Sources baseSources;
  private final ClusterInventory clusters;
  private final RunSettings settings;
  private final StopSignal stop;
  private boolean written;

  JobParts(
      BatchInfrastructure batch,
      Sources sources,
      Sources baseSources,
      ClusterInventory clusters,
      RunSettings settings,
      StopSignal stop) {
    this.stop = stop;
    this.batch = batch;
    this.stores = Stores.over(batch.jdbc(), settings.interest(), settings.wholeLayers());
    this.sources = sources;
    this.baseSources = baseSources;
    this.clusters = clusters;
    this.settings = settings;
  }

  BatchInfrastructure batch() {
    return batch;
  }

  Stores stores() {
    return stores;
  }

  Sources sources() {
    return sources;
  }

  RunSettings settings() {
    return settings;
  }

  /** Threads that look up tags while so many repositories are listed at once. */
  ExecutorService lookups(int listings) {
    return Executors.newFixedThreadPool(listings * LOOKUPS_A_LISTING);
  }

  /** Takes the lock of a run; throws where somebody else holds it. */
  RunLock lock(String identity) {
    return batch.locks().take(identity);
  }

  JobBuilder job(String name) {
    return new JobBuilder(name, batch.repository());
  }

  Judge judge(JudgeRequest request) {
    return Judge.open(request, settings.bundles());
  }

  RunFinisher finisher(RunRecord run, OutputRequest output) {
    return finisher(run, Said.nothing(), output);
  }

  /** The same of a run that heeds what else is said. */
  RunFinisher finisher(RunRecord run, Said said, OutputRequest output) {
    return finisher(run, said, output, smallerBases(run));
  }

  /** The same where something else asks for smaller bases too. */
  RunFinisher finisher(
      RunRecord run, Said said, OutputRequest output, Supplier<SmallerBases> smaller) {
    return new RunFinisher(
        stores,
        batch.transactions(),
        run.id(),
        matcher(said),
        output,
        settings,
        places(),
        () -> smaller.get().ofRun());
  }

  /** Smaller images beside the bases of a run, found out when it is first asked for them. */
  Supplier<SmallerBases> smallerBases(RunRecord run) {
    return SingletonSupplier.of(() -> new SmallerBases(stores, run.id(), RunHistory.day(run)));
  }

  /** Where tickets go. */
  TicketPlaces places() {
    return new TicketPlaces(stores, batch.transactions(), batch.locks(), settings.clock(), stop);
  }

  RunSteps steps(RunRecord run, RunLock lock, Progress progress) {
    return new RunSteps(
        batch.repository(),
        batch.transactions(),
        stores,
        run,
        lock,
        progress,
        settings.parallelism(),
        settings.factsBy());
  }

  LayerProcessor layers(RunRecord run, Progress progress) {
    return new LayerProcessor(
        sources,
        settings.scanner(),
        settings.wholeLayers() ? Optional.empty() : Optional.of(settings.partialScanner()),
        layer -> stores.layers().described(run.id(), layer),
        progress);
  }

  /** Images as they are stored. */
  StoredStacks stacks() {
    return new StoredStacks(stores.documents(), stores.layers()::facts);
  }

  /** Measures images on other bases as this program measures images. */
  Predictor predictor() {
    return new Predictor(settings.inspector(), new OwnLayers(new KeptContent()));
  }

  /** What the images of a run would be on other bases; made when all of them are judged. */
  BasePredictions predictions(
      RunRecord run, Judge judge, Said said, Supplier<SmallerBases> smaller, Progress progress) {
    return new BasePredictions(
        stores,
        smaller,
        predictor(),
        matcher(said),
        judge,
        run.id(),
        settings.version(),
        settings.factsBy() + said.digest(),
        progress);
  }

  ImageMatcher matcher() {
    return matcher(Said.nothing());
  }

  /** The same that heeds what else is said. */
  ImageMatcher matcher(Said said) {
    return new ImageMatcher(stores, settings.factsBy(), said);
  }

  RepositoryReader reader(ScanRequest request, RunRecord run) {
    return new RepositoryReader(
        () -> runningImages(run).addTo(request.targets()),
        request.filter(),
        sources,
        stores.enumeration(),
        stores.sightings(),
        run.id());
  }

  Step listClusters(RunSteps steps, ScanRequest request, RunRecord run) {
    return steps.once("listClusters", () -> runningImages(run).list(request.clusters()));
  }

  RunningImages runningImages(RunRecord run) {
    return new RunningImages(clusters, stores.usage(), stores.enumeration(), run.id());
  }

  RepositoryLister lister(ScanRequest request, ExecutorService lookups, AttachmentTags tags) {
    return new RepositoryLister(
        new ManifestFetcher(stores.documents()),
        tags,
        request.filter(),
        lookups,
        !request.clusters().isEmpty(),
        settings.clock());
  }

  ImageDescriber describer(
      ScanRequest request, RunRecord run, JudgeRequest judge, AttachmentTags tags) {
    ManifestFetcher fetcher = new ManifestFetcher(stores.documents());
    Set<String> scanned =
        request.targets().stream().map(Target::registry).collect(Collectors.toSet());
    BaseCatalogue bases = request.bases();
    return new ImageDescriber(
        stores,
        settings.inspector(),
        Judge.profiles(judge),
        new Attachments(sources, fetcher, new ReferrersApis(batch.jdbc(), settings.clock()), tags),
        stores.catalog(run.id()),
        bases,
        new BaseLookups(sources, baseSources, fetcher, scanned, bases.registries()),
        run.id(),
        run.startedAt(),
        settings.factsBy());
  }

  /** Something was written, and is complete: closing may take the time to make it compact. */
  void written() {
    written = true;
  }

  private void compact() {
    try {
      new RunPruner(batch.jdbc()).compact();
    } catch (DataAccessException e) {
      LOG.atDebug().setCause(e).log("the state is as large as it was");
    }
  }

  @Override
  public void close() {
    sources.close();
    baseSources.close();
    if (written) {
      compact();
    }
    batch.close();
  }
}
