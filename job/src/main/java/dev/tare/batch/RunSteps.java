package dev.tare.batch;

import dev.tare.finding.NotInspected;
import dev.tare.store.PendingLayer;
import dev.tare.store.RepositoryListing;
import dev.tare.store.RunRecord;
import dev.tare.store.StoredImage;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.JsonNode;

/**
 * The steps of one run. Each takes what the store says is still to be done and commits what it has
 * done chunk by chunk, so that a run that was killed goes on behind its last chunk.
 */
final class RunSteps {
  private static final int IMAGES_A_CHUNK = 8;

  private final JobRepository jobRepository;
  private final PlatformTransactionManager transactions;
  private final Stores stores;
  private final RunRecord run;
  private final Progress progress;
  private final Parts parts;

  RunSteps(
      JobRepository jobRepository,
      PlatformTransactionManager transactions,
      Stores stores,
      RunRecord run,
      Progress progress,
      int parallelism) {
    this.jobRepository = jobRepository;
    this.transactions = transactions;
    this.stores = stores;
    this.run = run;
    this.progress = progress;
    this.parts = new Parts(jobRepository, new SimpleAsyncTaskExecutor("part-"), parallelism);
  }

  /**
   * Targets to repositories, tags, manifests, configs. A chunk is as many repositories as are
   * listed side by side.
   */
  Step enumerate(RepositoryReader reader, RepositoryLister lister) {
    return this.<RepositoryItem, RepositoryListing>chunks("enumerate", parts.count())
        .reader(() -> {
          if (progress.snapshot().phase() != Progress.Phase.ENUMERATE) {
            progress.begin(Progress.Phase.ENUMERATE, -1);
          }
          return reader.read();
        })
        .processor(item -> {
          RepositoryListing listing = lister.list(item);
          progress.repositoryListed(listing.images().size(), listing.notInspected().size());
          return listing;
        })
        .writer(chunk -> chunk.forEach(listing -> stores.enumeration().add(run.id(), listing)))
        .taskExecutor(new SimpleAsyncTaskExecutor("list-"))
        .build();
  }

  /**
   * Each different layer that nobody has read before, once; each layer is a chunk of its own. The
   * parts take from one queue, so that none is idle while layers wait.
   */
  Step scanLayers(LayerProcessor processor) {
    QueueReader<PendingLayer> pending = new QueueReader<>(() -> stores.layers().pending(run.id()));
    return parts.step(
        "scanLayers",
        this::beginScan,
        count -> {},
        part ->
            this.<PendingLayer, LayerReading>chunks("scanLayersPart", 1)
                .reader(pending)
                .processor(processor)
                .writer(chunk -> chunk.forEach(this::keep))
                .build());
  }

  private void beginScan() {
    stores.layers().markKnown(run.id());
    var totals = stores.layers().totals(run.id());
    progress.bytesToFetch(totals.pendingBytes());
    progress.begin(Progress.Phase.SCAN_LAYERS, totals.pending());
  }

  private void keep(LayerReading reading) {
    switch (reading) {
      case LayerReading.Read read -> stores.layers().keep(run.id(), read.facts());
      case LayerReading.Unreadable unreadable ->
          stores.layers().unreadable(run.id(), unreadable.layer(), unreadable.reason());
    }
  }

  /** Layer facts to image facts. */
  Step describeImages(ImageDescriber describer) {
    return parts.step(
        "describeImages",
        () -> progress.begin(Progress.Phase.DESCRIBE, stores.images().count(run.id(), "listed")),
        count -> {},
        part ->
            this.<StoredImage, Description>chunks("describeImagesPart", IMAGES_A_CHUNK)
                .reader(images("listed", part))
                .processor(image -> {
                  Description description = describer.describe(image);
                  progress.itemDone(
                      description instanceof Description.Undescribed undescribed
                          ? undescribed.problem().reason()
                          : null);
                  return description;
                })
                .writer(chunk -> chunk.forEach(this::keep))
                .build());
  }

  private void keep(Description description) {
    switch (description) {
      case Description.Described described -> {
        JsonNode facts = described.facts();
        stores.images().described(described.image().id(), facts);
        stores
            .contents()
            .keep(
                described.image().digest(),
                ContentsReader.contents(facts),
                ContentsReader.ancestors(facts));
      }
      case Description.Undescribed undescribed -> {
        stores.images().unreadable(undescribed.image().id());
        NotInspected problem = undescribed.problem();
        stores.enumeration().addNotInspected(run.id(), problem);
      }
    }
  }

  /** Facts to outcomes. */
  Step evaluate(Judge judge) {
    return parts.step(
        "evaluate",
        () -> progress.begin(Progress.Phase.EVALUATE, stores.images().count(run.id(), "described")),
        count -> stores.runs().judgedBy(run.id(), judge.revisions(), judge.rules()),
        part ->
            this.<StoredImage, Judgement>chunks("evaluatePart", IMAGES_A_CHUNK)
                .reader(images("described", part))
                .processor(image -> {
                  Judgement judgement =
                      Judgement.of(image.id(), stores.images().facts(image.id()), judge);
                  progress.itemDone(null);
                  return judgement;
                })
                .writer(chunk ->
                    chunk.forEach(judgement ->
                        stores
                            .images()
                            .judged(
                                judgement.imageId(),
                                judgement.compressedBytes(),
                                judgement.outcomes())))
                .build());
  }

  /** One piece of work in one transaction. */
  Step once(String name, Runnable work) {
    return new StepBuilder(name, jobRepository)
        .tasklet(
            (contribution, context) -> {
              work.run();
              return RepeatStatus.FINISHED;
            },
            transactions)
        .build();
  }

  private QueueReader<StoredImage> images(String state, int part) {
    return new QueueReader<>(() -> stores.images().inState(run.id(), state, part, parts.count()));
  }

  private <I, O> ChunkOrientedStepBuilder<I, O> chunks(String name, int size) {
    return new StepBuilder(name, jobRepository).<I, O>chunk(size).transactionManager(transactions);
  }
}
