package dev.tare.batch.predict;

import dev.tare.batch.Judge;
import dev.tare.batch.Progress;
import dev.tare.batch.SmallerBases;
import dev.tare.batch.Stores;
import dev.tare.batch.match.ImageMatcher;
import dev.tare.diff.ComparedImage;
import dev.tare.error.TareException;
import dev.tare.facts.Base;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.BasePrediction;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.ReportedBase;
import dev.tare.finding.Severity;
import dev.tare.finding.SmallerBase;
import dev.tare.finding.TagLine;
import dev.tare.oci.Digest;
import dev.tare.policy.Evaluation;
import dev.tare.rebase.Obstacle;
import dev.tare.rebase.Prediction;
import dev.tare.rebase.Predictor;
import dev.tare.rebase.Rebase;
import dev.tare.rebase.Stack;
import dev.tare.rebase.VulnerabilityChange;
import dev.tare.stop.StoppedException;
import dev.tare.store.PredictionStore;
import dev.tare.store.StoredImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.JsonNode;

/**
 * What the judged images of a run would be on smaller images in the place of their bases. Only what
 * the layers prove to be a base gives way. One run takes a few seconds for it; the next ones of the
 * day go on. What is stored is not found out again while all that it was made of is the same, and
 * rules read the day: on the next one every image is predicted anew. Asked for what is to do first;
 * then safe for concurrent use.
 */
public final class BasePredictions {
  /** Bases that one may give way to. */
  private static final int MOST_BASES = 3;

  /** Images that one run finds something out of, however long that takes. */
  private static final int LEAST_IMAGES = 20;

  /** Images that one run looks at, as far as it has the time. */
  private static final int MOST_IMAGES = 200;

  /** What a run has for all but the first of them. */
  private static final Duration TIME = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(BasePredictions.class);

  private static final int MOST_SENTENCES = 5;

  private static final Comparator<SmallerBase> SMALLEST_FIRST =
      Comparator.comparingLong(SmallerBase::sizeBytes).thenComparing(SmallerBase::reference);

  private final Stores stores;
  private final Supplier<SmallerBases> bases;
  private final StoredStacks stacks;
  private final Predictor predictor;
  private final ImageMatcher matcher;
  private final Judge judge;
  private final String runId;
  private final String judging;
  private final String program;
  private final Progress progress;

  /** By the digest of a base, what may take its place. */
  private Map<Digest, List<SmallerBase>> candidates = Map.of();

  private ImageMatcher.@Nullable Matching matching;

  /** When the time is up, by {@link System#nanoTime}. */
  private long end;

  private final AtomicInteger begun = new AtomicInteger();

  /**
   * For the images of a run.
   *
   * @param bases smaller images beside the bases of the run, among all that are known by then
   * @param version of what judges, as the run tells it
   * @param program equal for the same classes and lists
   */
  public BasePredictions(
      Stores stores,
      Supplier<SmallerBases> bases,
      Predictor predictor,
      ImageMatcher matcher,
      Judge judge,
      String runId,
      String version,
      String program,
      Progress progress) {
    this.stores = stores;
    this.bases = bases;
    this.stacks =
        new StoredStacks(stores.documents(), new RecentLayers(stores.layers()::facts)::of);
    this.predictor = predictor;
    this.matcher = matcher;
    this.judge = judge;
    this.runId = runId;
    this.judging = judge.digest(version);
    this.program = program;
    this.progress = progress;
  }

  /**
   * An image of which nothing is stored that is still so.
   *
   * @param madeOf all that its predictions are made of
   */
  public record ToDo(PredictionStore.Judged image, String madeOf) {}

  /**
   * What was found out.
   *
   * @param looked whether there was the time to
   */
  public record Done(ToDo toDo, boolean looked, List<BasePrediction> predictions) {
    /** Copies the list. */
    public Done {
      predictions = List.copyOf(predictions);
    }
  }

  /**
   * The images that are to be looked at, the newest of each line first; none where the feeds are
   * others than those that the run was matched with.
   */
  public List<ToDo> toDo() {
    end = System.nanoTime() + TIME.toNanos();
    SmallerBases known = bases.get();
    candidates = candidates(known.ofRun());
    if (candidates.isEmpty()) {
      return List.of();
    }
    List<ToDo> all = new ArrayList<>();
    for (PredictionStore.Judged image : stores.predictions().ofRun(runId, judging)) {
      String madeOf = madeOf(image, known.ancestors(image.image().digest()));
      if (madeOf != null && !image.isMadeOf(madeOf)) {
        all.add(new ToDo(image, madeOf));
      }
    }
    List<ToDo> first = newestOfLinesFirst(all).stream().limit(MOST_IMAGES).toList();
    Optional<ImageMatcher.Matching> pinned =
        first.isEmpty() ? Optional.empty() : matcher.about(runId, matched(first));
    if (pinned.isEmpty()) {
      return List.of();
    }
    matching = pinned.get();
    progress.begin(Progress.Phase.PREDICT, first.size());
    return first;
  }

  private static Map<Digest, List<SmallerBase>> candidates(List<ReportedBase> bases) {
    Map<Digest, List<SmallerBase>> candidates = new HashMap<>();
    for (ReportedBase base : bases) {
      if (!base.smaller().isEmpty()) {
        String line = TagLine.ofReference(base.reference());
        candidates.put(
            Digest.parse(base.digest()),
            base.smaller().stream()
                .sorted(
                    Comparator.<SmallerBase, Boolean>comparing(
                            one -> !TagLine.ofReference(one.reference()).equals(line))
                        .thenComparing(SMALLEST_FIRST))
                .limit(MOST_BASES)
                .toList());
      }
    }
    return candidates;
  }

  /** Null where nothing may take the place of what it stands on. */
  private @Nullable String madeOf(PredictionStore.Judged image, Set<Digest> ancestors) {
    Map<String, String> others = new TreeMap<>();
    for (Digest ancestor : ancestors) {
      for (SmallerBase other : candidates.getOrDefault(ancestor, List.of())) {
        others.merge(
            ancestor.toString(), other.digest() + " " + other.reference(), (a, b) -> a + " " + b);
      }
    }
    return others.isEmpty() ? null : program + "\n" + image.judged() + "\n" + others;
  }

  /** Tags are listed in their order: the last one of a line counts as the newest. */
  private static List<ToDo> newestOfLinesFirst(List<ToDo> all) {
    Map<String, Integer> ofLine = new HashMap<>();
    Map<ToDo, Integer> places = new HashMap<>();
    for (ToDo toDo : all.reversed()) {
      StoredImage image = toDo.image().image();
      String line =
          TagLine.of(image.tags()).of(image.registry(), image.repository())
              + " "
              + image.platform();
      places.put(toDo, ofLine.merge(line, 1, Integer::sum));
    }
    return all.stream().sorted(Comparator.comparing(toDo -> places.getOrDefault(toDo, 0))).toList();
  }

  /** What is to be matched: its packages are those of predictions too. */
  private Stream<JsonNode> matched(List<ToDo> images) {
    return Stream.concat(
        images.stream().map(toDo -> stores.images().facts(toDo.image().image().id())),
        candidates.values().stream()
            .flatMap(List::stream)
            .map(SmallerBase::digest)
            .distinct()
            .flatMap(digest -> stores.images().newestFacts(Digest.parse(digest)).stream()));
  }

  /** Finds out what an image would be. What cannot be found out is said, and no failure. */
  public Done predict(ToDo toDo) {
    if (begun.incrementAndGet() > LEAST_IMAGES && System.nanoTime() - end > 0) {
      return new Done(toDo, false, List.of());
    }
    StoredImage stored = toDo.image().image();
    JsonNode facts = stores.images().facts(stored.id());
    List<BasePrediction> predictions = new ArrayList<>();
    Base.Ancestor parent = StoredFacts.of(facts).base().parent();
    Digest base = parent == null || !isProven(parent) ? null : parent.digest();
    if (base != null) {
      for (SmallerBase other : candidates.getOrDefault(base, List.of())) {
        predictions.add(predict(stored.reference(), facts, base, other));
      }
    }
    progress.itemDone(null);
    return new Done(toDo, true, predictions);
  }

  /** By layers, of one image alone. */
  private static boolean isProven(Base.Ancestor parent) {
    return parent.evidence().contains("layers") && !Boolean.TRUE.equals(parent.tie());
  }

  private BasePrediction predict(String name, JsonNode facts, Digest base, SmallerBase other) {
    return orFailed(
        name,
        base,
        other,
        () -> {
          Stack image = stacks.of(name, facts);
          JsonNode others = stores.images().newestFacts(Digest.parse(other.digest())).orElseThrow();
          return judged(
              predictor.predict(image, stacks.baseOf(image), stacks.of(other.reference(), others)),
              facts,
              base,
              other);
        });
  }

  /**
   * What is found out, or that it could not be. A lost database and a stop are no word about an
   * image.
   */
  static BasePrediction orFailed(
      String name, Digest base, SmallerBase other, Supplier<BasePrediction> predicting) {
    try {
      return predicting.get();
    } catch (StoppedException | DataAccessException e) {
      throw e;
    } catch (TareException e) {
      return failed(base, other, e);
    } catch (RuntimeException e) {
      LOG.atWarn()
          .setCause(e)
          .log("what {} would be on {} could not be found out", name, other.reference());
      return failed(base, other, e);
    }
  }

  private static BasePrediction failed(Digest base, SmallerBase other, RuntimeException failure) {
    return BasePrediction.nothing(
        base.toString(),
        other.digest(),
        BasePrediction.Kind.FAILED,
        List.of(
            Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName())));
  }

  private BasePrediction judged(
      Prediction prediction, JsonNode facts, Digest base, SmallerBase other) {
    Rebase rebase = prediction.rebase();
    List<String> against =
        rebase.obstacles().stream().map(Obstacle::text).limit(MOST_SENTENCES).toList();
    JsonNode document = prediction.document();
    if (document == null) {
      return BasePrediction.nothing(
          base.toString(), other.digest(), BasePrediction.Kind.REBUILD_NEEDED, against);
    }
    JsonNode matched = Objects.requireNonNull(matching).matched(document);
    Evaluation evaluation = judge.evaluate(matched);
    if (!evaluation.complete()) {
      return BasePrediction.nothing(
          base.toString(),
          other.digest(),
          BasePrediction.Kind.FAILED,
          List.of("Not all rules could be evaluated to their end."));
    }
    Map<String, Severity> fails = new TreeMap<>();
    Map<String, Severity> unknown = new TreeMap<>();
    for (Outcome outcome : evaluation.outcomes()) {
      if (outcome.kind() == OutcomeKind.FAIL) {
        fails.put(outcome.rule(), outcome.severity());
      } else if (outcome.kind() == OutcomeKind.UNKNOWN) {
        unknown.put(outcome.rule(), outcome.severity());
      }
    }
    ComparedImage before = new ComparedImage(rebase.image(), facts, List.of());
    ComparedImage after = new ComparedImage(other.reference(), matched, List.of());
    Long now = before.facts().size().compressed();
    Long then = after.facts().size().compressed();
    return new BasePrediction(
        base.toString(),
        other.digest(),
        rebase.standing() == Rebase.Standing.INSTALLED_ELSEWHERE
            ? BasePrediction.Kind.IN_PART
            : BasePrediction.Kind.WHOLE,
        fails,
        unknown,
        now == null || then == null ? null : Long.valueOf(now - then),
        vulnerabilities(VulnerabilityChange.between(before, after)),
        against);
  }

  private static BasePrediction.@Nullable Vulnerabilities vulnerabilities(
      @Nullable VulnerabilityChange change) {
    return change == null
        ? null
        : new BasePrediction.Vulnerabilities(
            bySeverity(change.ended()), bySeverity(change.added()), change.whole());
  }

  private static Map<String, Integer> bySeverity(List<VulnerabilityChange.Named> vulnerabilities) {
    Map<String, Integer> counts = new TreeMap<>();
    vulnerabilities.forEach(one -> counts.merge(one.severity(), 1, Integer::sum));
    return counts;
  }

  /** Keeps what was found out. */
  public void keep(Done done) {
    if (done.looked()) {
      stores.predictions().keep(done.toDo().image(), done.toDo().madeOf(), done.predictions());
    }
  }
}
