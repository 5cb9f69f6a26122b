package dev.tare.report.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.Severity;
import dev.tare.report.ReportInput;
import dev.tare.report.Reports;
import dev.tare.testing.SampleRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricDataParser;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.types.MetricType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsReportWriterTest {
  @TempDir Path directory;

  private final SampleRun run = SampleRun.small();

  @Test
  void aParserOfPrometheusReadsTheRunsNumbers() throws IOException {
    Map<String, Double> values = parsed();
    assertThat(values)
        .containsEntry("tare_images{verdict=compliant}", (double) run.summary().compliant())
        .containsEntry("tare_images{verdict=failing}", (double) run.summary().failing())
        .containsEntry("tare_images{verdict=unknown}", (double) run.summary().unknown())
        .containsEntry("tare_not_inspected{}", (double) run.summary().notInspected())
        .containsEntry("tare_fetched_bytes{}", (double) run.summary().bytesFetched())
        .containsEntry(
            "tare_run_finished_timestamp_seconds{}",
            run.run().finishedAt().toEpochMilli() / 1000.0);
    for (Severity severity : Severity.values()) {
      assertThat(values)
          .containsEntry(
              "tare_findings{severity=" + severity.word() + "}",
              (double) run.summary().findings().getOrDefault(severity, 0));
    }
  }

  @Test
  void everyRuleHasASeriesAndRepositoriesAddUp() throws IOException {
    Map<String, Double> values = parsed();
    Map<String, Double> expected = new HashMap<>();
    run.rules()
        .forEach(rule -> expected.put("tare_rule_failed_images{rule=" + rule.id() + "}", 0.0));
    for (JudgedImage image : run.images()) {
      for (Outcome outcome : image.outcomes()) {
        if (outcome.kind() == OutcomeKind.FAIL) {
          expected.merge("tare_rule_failed_images{rule=" + outcome.rule() + "}", 1.0, Double::sum);
        }
      }
    }
    assertThat(values).containsAllEntriesOf(expected);
    assertThat(
            values.entrySet().stream()
                .filter(one -> one.getKey().startsWith("tare_repository_images{"))
                .mapToDouble(Map.Entry::getValue)
                .sum())
        .isEqualTo(run.summary().images());
  }

  @Test
  void itIsOpenMetricsWithGaugesOnlyAndWithoutTimestamps() throws IOException {
    List<String> lines = Files.readAllLines(file());
    assertThat(lines.getLast()).isEqualTo("# EOF");
    assertThat(lines.stream().filter(line -> line.startsWith("# TYPE")))
        .isNotEmpty()
        .allMatch(line -> line.endsWith(" gauge"));
    assertThat(lines.stream().filter(line -> !line.startsWith("#")))
        .allMatch(line -> line.matches("[a-z_]+(\\{.*\\})? [0-9.E]+"));
  }

  /** Every series with its labels in alphabetical order. */
  private Map<String, Double> parsed() throws IOException {
    Map<String, Double> values = new HashMap<>();
    TextPrometheusMetricDataParser parser =
        new TextPrometheusMetricDataParser(
            new ByteArrayInputStream(Files.readString(file()).getBytes(StandardCharsets.UTF_8)));
    for (MetricFamily family = parser.parse(); family != null; family = parser.parse()) {
      assertThat(family.getType()).isEqualTo(MetricType.GAUGE);
      family
          .getMetrics()
          .forEach(metric ->
              values.put(
                  metric.getName() + new java.util.TreeMap<>(metric.getLabels()),
                  ((Gauge) metric).getValue()));
    }
    return values;
  }

  private Path file() {
    new Reports().write(ReportInput.of(run), directory, List.of("metrics"));
    return directory.resolve("metrics.prom");
  }
}
