package dev.tare.testing;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.NotInspected;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.PolicyRevision;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunInfo;
import dev.tare.finding.RunKind;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.finding.Score;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import dev.tare.finding.Waiver;
import dev.tare.finding.WaiverUse;
import dev.tare.finding.Workload;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The results of a run that never was: varied images on shared bases, some of them hostile. The
 * summary is counted from the images.
 */
public final class SampleRun implements RunResults {
  private final String id;
  private final List<JudgedImage> images;
  private final List<NotInspected> notInspected;
  private final RunSummary summary;

  private SampleRun(List<SampleImage> images, List<NotInspected> notInspected) {
    this(
        "2026-11-21T02-00-00Z-7f3a",
        images.stream()
            .map(SampleRun::judged)
            .sorted(
                Comparator.comparing(JudgedImage::repository)
                    .thenComparing(JudgedImage::reference)
                    .thenComparing(JudgedImage::platform))
            .toList(),
        notInspected);
  }

  private SampleRun(String id, List<JudgedImage> images, List<NotInspected> notInspected) {
    this.id = id;
    this.images = images;
    this.notInspected = List.copyOf(notInspected);
    this.summary = summary(this.images, this.notInspected);
  }

  /** About a dozen images, each of them different. */
  public static SampleRun small() {
    return new SampleRun(SampleCatalog.varied(), SampleCatalog.notInspected());
  }

  /** As many images as asked, on the same few bases. */
  public static SampleRun of(int count) {
    return new SampleRun(SampleCatalog.generated(count), SampleCatalog.notInspected());
  }

  /** A run of these images alone. */
  public static SampleRun of(List<JudgedImage> images) {
    return new SampleRun("2026-11-21T02-00-00Z-7f3a", List.copyOf(images), List.of());
  }

  /** A run that found nothing to look at. */
  public static SampleRun empty() {
    return new SampleRun(List.of(), List.of());
  }

  /** This run, which knows what runs one of its images. */
  public SampleRun usedBy(JudgedImage image, List<Workload> workloads) {
    return new SampleRun(
        id,
        images.stream().map(one -> one.equals(image) ? one.withUsedBy(workloads) : one).toList(),
        notInspected);
  }

  /** A part of this run: the images of which this holds, under another identifier. */
  public SampleRun earlier(Predicate<JudgedImage> part) {
    return new SampleRun(
        "2026-11-20T02-00-00Z-51c0", images.stream().filter(part).toList(), notInspected);
  }

  /** An earlier run of these images, with the problems of this one. */
  public SampleRun withImages(List<JudgedImage> others) {
    return new SampleRun("2026-11-20T02-00-00Z-51c0", others, notInspected);
  }

  /** This run with the outcomes of each image replaced. */
  public SampleRun with(Function<Outcome, Outcome> change) {
    return new SampleRun(
        id,
        images.stream()
            .map(image ->
                new JudgedImage(
                    image.registry(),
                    image.repository(),
                    image.tags(),
                    image.reference(),
                    image.digest(),
                    image.platform(),
                    image.verdict(),
                    image.facts(),
                    image.outcomes().stream().map(change).toList()))
            .toList(),
        notInspected);
  }

  /** The images, for tests that compare. */
  public List<JudgedImage> images() {
    return images;
  }

  @Override
  public RunInfo run() {
    return new RunInfo(
        id,
        RunKind.SCAN,
        null,
        "0.1.0",
        SampleImage.NOW,
        Instant.parse("2026-11-21T02:06:41Z"),
        List.of("localhost:5001"),
        List.of(new PolicyRevision("tare", "0.1.0", SampleLayer.digest("bundle"))));
  }

  @Override
  public RunSummary summary() {
    return summary;
  }

  @Override
  public void forEachImage(Consumer<JudgedImage> consumer) {
    images.forEach(consumer);
  }

  @Override
  public List<NotInspected> notInspected() {
    return notInspected;
  }

  @Override
  public List<WaiverUse> waivers() {
    Waiver waiver =
        new Waiver("Until <b>then</b>.", "ops@example.com", LocalDate.of(2026, 11, 1), null);
    return images.isEmpty()
        ? List.of()
        : List.of(
            new WaiverUse("TARE-TOOL-*", "gone/**", waiver, WaiverUse.State.UNUSED),
            new WaiverUse("TARE-TOOL-001", "legacy/**", waiver, WaiverUse.State.EXPIRED));
  }

  @Override
  public List<RuleDoc> rules() {
    return SampleRules.docs();
  }

  private static JudgedImage judged(SampleImage image) {
    ObjectNode facts = image.facts();
    List<Outcome> outcomes = SampleRules.judge(image.repository, facts);
    return new JudgedImage(
        image.registry,
        image.repository,
        image.tags,
        image.reference(),
        image.digest(),
        "linux/" + image.architecture,
        Verdict.of(outcomes),
        facts,
        outcomes);
  }

  private static RunSummary summary(List<JudgedImage> images, List<NotInspected> notInspected) {
    Set<String> repositories = new HashSet<>();
    Map<Severity, Integer> findings = new EnumMap<>(Severity.class);
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    Set<String> layers = new HashSet<>();
    Score.Mean scores = new Score.Mean();
    long bytes = 0;
    for (JudgedImage image : images) {
      repositories.add(image.registry() + "/" + image.repository());
      verdicts.merge(image.verdict(), 1, Integer::sum);
      scores.add(image.score());
      for (Outcome outcome : image.outcomes()) {
        if (outcome.kind() == OutcomeKind.FAIL) {
          findings.merge(outcome.severity(), 1, Integer::sum);
        }
      }
      for (JsonNode layer : image.facts().path("layers")) {
        if (layers.add(layer.path("digest").asString(""))) {
          bytes += layer.path("compressed").asLong();
        }
      }
    }
    return new RunSummary(
        repositories.size(),
        images.size(),
        verdicts.getOrDefault(Verdict.COMPLIANT, 0),
        verdicts.getOrDefault(Verdict.FAILING, 0),
        verdicts.getOrDefault(Verdict.UNKNOWN, 0),
        notInspected.size(),
        3,
        layers.size(),
        layers.size(),
        bytes,
        findings,
        SampleVulnerabilities.sum(images),
        scores.value());
  }
}
