package dev.tare.report.metrics;

import dev.tare.facts.StoredFacts;
import dev.tare.finding.Comparison;
import dev.tare.finding.FindingChange;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.finding.Score;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import dev.tare.plan.Plan;
import dev.tare.report.ReportInput;
import dev.tare.report.format.OpenReport;
import dev.tare.report.format.ReportFiles;
import dev.tare.report.format.ReportWriter;
import dev.tare.report.text.Severities;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code metrics.prom}: the run in numbers for Prometheus, in the OpenMetrics text format. All of
 * it is gauges, so that the file is also what the textfile collector of the node exporter and a
 * Pushgateway read. Labels name repositories and rules, never tags or digests: a series lives as
 * long as its repository. Where a run has more than {@value #REPOSITORIES} repositories, only the
 * run's totals are written.
 *
 * @see <a href="https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md">
 *     OpenMetrics</a>
 */
public final class MetricsReportWriter implements ReportWriter {
  static final int REPOSITORIES = 10_000;

  @Override
  public String format() {
    return "metrics";
  }

  @Override
  public String fileName() {
    return "metrics.prom";
  }

  @Override
  public OpenReport open(ReportInput input, ReportFiles files) throws IOException {
    RunResults results = input.results();
    return new Report(results, input.since(), files.create(fileName()));
  }

  private static final class Report implements OpenReport {
    private final RunResults results;
    private final @Nullable Comparison since;
    private final OutputStream out;
    private final Map<Repository, Counts> repositories = new LinkedHashMap<>();
    private final Map<String, Integer> failedImages = new TreeMap<>();

    Report(RunResults results, @Nullable Comparison since, OutputStream out) {
      this.results = results;
      this.since = since;
      this.out = out;
      // A rule that nobody breaks is a zero, not a series that is missing.
      results.rules().forEach(rule -> failedImages.put(rule.id(), 0));
    }

    @Override
    public void image(JudgedImage image) {
      for (Outcome outcome : image.outcomes()) {
        if (outcome.kind() == OutcomeKind.FAIL) {
          failedImages.merge(outcome.rule(), 1, Integer::sum);
        }
      }
      Repository repository = new Repository(image.registry(), image.repository());
      if (repositories.containsKey(repository) || repositories.size() <= REPOSITORIES) {
        repositories.computeIfAbsent(repository, name -> new Counts()).add(image);
      }
    }

    @Override
    public void finish(Plan plan) throws IOException {
      OpenMetricsTextFormatWriter.create()
          .write(out, snapshots(), EscapingScheme.UNDERSCORE_ESCAPING);
      out.close();
    }

    private MetricSnapshots snapshots() {
      RunSummary summary = results.summary();
      MetricSnapshots.Builder all = MetricSnapshots.builder();
      Instant started = results.run().startedAt();
      Instant finished = results.run().finishedAt();
      all.metricSnapshot(
          single(name("run_started_timestamp_seconds"), "Start of the run.", seconds(started)));
      all.metricSnapshot(
          single(name("run_finished_timestamp_seconds"), "End of the run.", seconds(finished)));
      all.metricSnapshot(
          single(
              name("run_duration_seconds"),
              "How long the run took.",
              Duration.between(started, finished).toMillis() / 1e3));
      all.metricSnapshot(
          single(name("repositories"), "Repositories of the run.", summary.repositories()));
      all.metricSnapshot(
          GaugeSnapshot.builder()
              .name(name("images"))
              .help("Images by verdict; one a platform.")
              .dataPoint(point(summary.compliant(), "verdict", Verdict.COMPLIANT.word()))
              .dataPoint(point(summary.failing(), "verdict", Verdict.FAILING.word()))
              .dataPoint(point(summary.unknown(), "verdict", Verdict.UNKNOWN.word()))
              .build());
      all.metricSnapshot(
          single(name("not_inspected"), "What could not be inspected.", summary.notInspected()));
      all.metricSnapshot(
          single(name("layers"), "Different layers of the images.", summary.layersUnique()));
      all.metricSnapshot(
          single(name("layers_fetched"), "Of those, fetched.", summary.layersFetched()));
      all.metricSnapshot(
          single(
              name("fetched_bytes"), "Bytes of layers fetched.", (double) summary.bytesFetched()));
      GaugeSnapshot.Builder findings =
          GaugeSnapshot.builder().name(name("findings")).help("Failed rules by severity.");
      for (Severity severity : Severities.WORST_FIRST) {
        findings.dataPoint(
            point(summary.findings().getOrDefault(severity, 0), "severity", severity.word()));
      }
      all.metricSnapshot(findings.build());
      Integer score = summary.score();
      if (score != null) {
        all.metricSnapshot(single(name("score"), "Mean score of the images, 0 to 100.", score));
      }
      if (since != null) {
        all.metricSnapshot(changes(since));
      }
      GaugeSnapshot.Builder rules =
          GaugeSnapshot.builder().name(name("rule_failed_images")).help("Images that fail a rule.");
      failedImages.forEach((rule, images) -> rules.dataPoint(point(images, "rule", rule)));
      all.metricSnapshot(rules.build());
      if (repositories.size() <= REPOSITORIES) {
        repositories(all);
      }
      return all.build();
    }

    /** Of the images' own part: other series, so that nobody adds both up. */
    private String name(String rest) {
      return (results.own() == null ? "tare_" : "tare_own_") + rest;
    }

    private GaugeSnapshot changes(Comparison since) {
      GaugeSnapshot.Builder changes =
          GaugeSnapshot.builder()
              .name(name("finding_changes"))
              .help("Findings by what became of them since the run before, once a repository.");
      for (FindingChange change : FindingChange.values()) {
        changes.dataPoint(point(since.count(change), "change", change.word()));
      }
      return changes.build();
    }

    private void repositories(MetricSnapshots.Builder all) {
      GaugeSnapshot.Builder images =
          GaugeSnapshot.builder()
              .name(name("repository_images"))
              .help("Images of a repository by verdict.");
      GaugeSnapshot.Builder findings =
          GaugeSnapshot.builder()
              .name(name("repository_findings"))
              .help("Failed rules of a repository by severity.");
      repositories.forEach((repository, counts) -> {
        for (Verdict verdict : Verdict.values()) {
          images.dataPoint(
              repository.point(
                  counts.verdicts.getOrDefault(verdict, 0), "verdict", verdict.word()));
        }
        for (Severity severity : Severities.WORST_FIRST) {
          findings.dataPoint(
              repository.point(
                  counts.findings.getOrDefault(severity, 0), "severity", severity.word()));
        }
      });
      all.metricSnapshot(images.build());
      all.metricSnapshot(findings.build());
      all.metricSnapshot(
          each(
              name("repository_score"),
              "Mean score of the images of a repository, 0 to 100.",
              Counts::score));
      if (repositories.values().stream().anyMatch(counts -> !counts.vulnerabilities.isEmpty())) {
        all.metricSnapshot(vulnerabilities());
      }
      all.metricSnapshot(
          each(
              name("repository_largest_image_bytes"),
              "Compressed size of the largest image of a repository.",
              counts -> counts.largestBytes));
    }

    /** What is not known has no series. */
    private GaugeSnapshot vulnerabilities() {
      GaugeSnapshot.Builder gauge =
          GaugeSnapshot.builder()
              .name(name("repository_vulnerabilities"))
              .help(
                  "Known vulnerabilities of a repository by severity, once for each image whose"
                      + " packages were matched.");
      repositories.forEach((repository, counts) ->
          counts.vulnerabilities.forEach((severity, number) ->
              gauge.dataPoint(repository.point(number, "severity", severity))));
      return gauge.build();
    }

    private GaugeSnapshot each(String name, String help, ToDoubleFunction<Counts> value) {
      GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
      repositories.forEach(
          (repository, counts) -> gauge.dataPoint(repository.point(value.applyAsDouble(counts))));
      return gauge.build();
    }

    private static double seconds(Instant time) {
      return time.toEpochMilli() / 1e3;
    }

    private static GaugeSnapshot single(String name, String help, double value) {
      return GaugeSnapshot.builder().name(name).help(help).dataPoint(point(value)).build();
    }

    private static GaugeDataPointSnapshot point(double value, String... labels) {
      return GaugeDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }

    private record Repository(String registry, String name) {
      GaugeDataPointSnapshot point(double value) {
        return Report.point(value, "registry", registry, "repository", name);
      }

      GaugeDataPointSnapshot point(double value, String label, String word) {
        return Report.point(value, "registry", registry, "repository", name, label, word);
      }
    }

    private static final class Counts {
      private final Map<Verdict, Integer> verdicts = new TreeMap<>();
      private final Map<Severity, Integer> findings = new TreeMap<>();
      private final Map<String, Integer> vulnerabilities = new TreeMap<>();
      private final Score.Mean scores = new Score.Mean();
      private double largestBytes;

      void add(JudgedImage image) {
        verdicts.merge(image.verdict(), 1, Integer::sum);
        scores.add(image.score());
        for (Outcome outcome : image.outcomes()) {
          if (outcome.kind() == OutcomeKind.FAIL) {
            findings.merge(outcome.severity(), 1, Integer::sum);
          }
        }
        StoredFacts facts = StoredFacts.of(image.facts());
        facts
            .vulnerabilities()
            .counts()
            .forEach((severity, number) -> vulnerabilities.merge(severity, number, Integer::sum));
        Long compressed = facts.size().compressed();
        largestBytes = Math.max(largestBytes, compressed == null ? 0 : compressed.doubleValue());
      }

      /** Of one image at least. */
      double score() {
        return Objects.requireNonNull(scores.value());
      }
    }
  }
}
