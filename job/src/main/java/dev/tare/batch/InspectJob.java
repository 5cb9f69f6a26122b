package dev.tare.batch;

import dev.tare.batch.describe.ImageDescriber;
import dev.tare.batch.list.AttachmentTags;
import dev.tare.batch.steps.LayerProcessor;
import dev.tare.batch.steps.RunSteps;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.RunKind;
import dev.tare.inspect.ImageExplorer;
import dev.tare.layer.LayerFacts;
import dev.tare.store.ImageState;
import dev.tare.store.RunLock;
import dev.tare.store.RunRecord;
import dev.tare.store.StoredImage;
import dev.tare.vulnerability.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.batch.core.job.Job;
import tools.jackson.databind.JsonNode;

/** Describes images and judges nothing. */
public final class InspectJob {
  /** Begins the identity of every inspection: they are not resumed. */
  private static final String INSPECTION = "inspect-";

  private final JobParts parts;
  private final Stores stores;
  private final RunStarter starter;
  private final RunArchive archive;
  private final JobRunner runner;

  InspectJob(JobParts parts, RunStarter starter, RunArchive archive, JobRunner runner) {
    this.parts = parts;
    this.stores = parts.stores();
    this.starter = starter;
    this.archive = archive;
    this.runner = runner;
  }

  /**
   * The facts of the images a request names; nothing is judged, reported or listed among the runs.
   */
  public InspectedImages run(ScanRequest request, JudgeRequest judge, Progress progress) {
    List<String> targets = request.words();
    Said said = judge.said().read(parts.settings().clock().instant());
    abandonInspections();
    // Two that look at the same go side by side: each is a run of its own.
    String identity =
        INSPECTION
            + RunIdentity.newRunId(parts.settings().clock().instant(), ThreadLocalRandom.current());
    RunRecord run = starter.start(identity, RunKind.INSPECTION, null, targets, null, true).run();
    try (RunLock lock = parts.lock(identity);
        ExecutorService lookups = parts.lookups(1)) {
      RunSteps steps = parts.steps(run, lock, progress);
      AttachmentTags tags = new AttachmentTags();
      LayerProcessor layers = parts.layers(run, progress);
      ImageDescriber describer = parts.describer(request, run, judge, tags);
      Job job =
          parts
              .job("inspect")
              .preventRestart()
              .start(
                  steps.enumerate(parts.reader(request, run), parts.lister(request, lookups, tags)))
              .next(steps.scanLayers(layers))
              .next(steps.describeImages(describer))
              .next(steps.readAgain(describer, layers, parts.settings().interest()))
              .next(steps.describeAgain(describer))
              .next(steps.match(parts.matcher(said)))
              .next(steps.check(ImageState.DESCRIBED))
              .build();
      runner.run(job, run.id());
    } finally {
      stores.runs().abandon(run.id());
    }
    List<JsonNode> facts = new ArrayList<>();
    for (StoredImage image : stores.images().inState(run.id(), ImageState.DESCRIBED)) {
      facts.add(stores.images().facts(image.id()));
    }
    archive.requireFound(run);
    return new InspectedImages(facts, stores.results(run).notInspected());
  }

  /** Inspections that were killed are forgotten with the next pruning. */
  private void abandonInspections() {
    for (RunRecord inspection : stores.runs().unfinishedLike(INSPECTION)) {
      parts
          .batch()
          .locks()
          .tryTake(inspection.identity())
          .ifPresent(lock -> {
            stores.runs().abandon(inspection.id());
            lock.close();
          });
    }
  }

  /** The files of an image that was inspected, and of its layers. */
  public ImageExplorer explorer(StoredFacts facts) {
    return new ImageExplorer(layers(facts).stream().map(LayerFacts::index).toList());
  }

  /** The layers of an image that was inspected, root first. */
  public List<LayerFacts> layers(StoredFacts facts) {
    return parts.stacks().layers(facts);
  }
}
