package dev.tare.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.Comparison;
import dev.tare.finding.FindingChange;
import dev.tare.finding.ImageHistory;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.PastRun;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunSummary;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import dev.tare.report.sbom.SbomReportWriter;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/** The formats of one run state the same numbers. */
class SameNumbersTest {
  private static final Pattern DATA = Pattern.compile("id=\"data\">(.*?)</script>", Pattern.DOTALL);

  @TempDir Path directory;

  private final SampleRun run = SampleRun.of(40);
  private final Comparison since =
      Comparison.of(run.earlier(image -> image.digest().hashCode() % 3 != 0), run);
  private JsonNode json = JsonMapper.shared().nullNode();
  private JsonNode page = JsonMapper.shared().nullNode();
  private List<Map<String, String>> rows = List.of();

  @BeforeEach
  void write() throws IOException {
    Reports reports = new Reports();
    reports.write(
        new ReportInput(
            run,
            since,
            List.of(new PastRun(run.run().id(), run.run().startedAt(), run.summary())),
            ImageHistory.NONE,
            null),
        directory,
        reports.formats());
    json = JsonMapper.shared().readTree(Files.readString(directory.resolve("report.json")));
    Matcher data = DATA.matcher(Files.readString(directory.resolve("index.html")));
    assertThat(data.find()).isTrue();
    page = JsonMapper.shared().readTree(data.group(1));
    try (MappingIterator<Map<String, String>> cells =
        CsvMapper.builder()
            .build()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(Files.readString(directory.resolve("images.csv")))) {
      rows = cells.readAll();
    }
  }

  @Test
  void theSummaryIsTheRunsOwnInJsonAndOnThePage() {
    RunSummary summary = run.summary();
    JsonNode written = json.path("summary");
    assertThat(page.path("summary")).isEqualTo(written);
    assertThat(written.path("repositories").asInt()).isEqualTo(summary.repositories());
    assertThat(written.path("images").asInt()).isEqualTo(summary.images());
    assertThat(written.path("compliant").asInt()).isEqualTo(summary.compliant());
    assertThat(written.path("failing").asInt()).isEqualTo(summary.failing());
    assertThat(written.path("unknown").asInt()).isEqualTo(summary.unknown());
    assertThat(written.path("notInspected").asInt()).isEqualTo(summary.notInspected());
    assertThat(written.path("score").asInt(-1)).isEqualTo(summary.score());
    assertThat(written.path("attached").asInt()).isEqualTo(summary.attached());
    assertThat(written.path("layersUnique").asInt()).isEqualTo(summary.layersUnique());
    assertThat(written.path("layersFetched").asInt()).isEqualTo(summary.layersFetched());
    assertThat(written.path("bytesFetched").asLong()).isEqualTo(summary.bytesFetched());
  }

  @Test
  void verdictsAndFindingsAddUpInEveryFormat() {
    assertThat(rows).hasSize(run.summary().images());
    assertThat(json.path("images")).hasSize(run.summary().images());
    assertThat(page.path("images")).hasSize(run.summary().images());
    assertThat(rows.stream().filter(row -> "failing".equals(row.get("verdict"))))
        .hasSize(run.summary().failing());
    for (Severity severity : Severity.values()) {
      int expected = run.summary().findings().getOrDefault(severity, 0);
      assertThat(
              rows.stream()
                  .mapToInt(row -> Integer.parseInt("" + row.get("findings_" + severity.word())))
                  .sum())
          .isEqualTo(expected);
      assertThat(
              json.path("images")
                  .valueStream()
                  .flatMap(image -> image.path("outcomes").valueStream())
                  .filter(outcome ->
                      outcome.path("outcome").stringValue().equals("fail")
                          && outcome.path("severity").stringValue().equals(severity.word())))
          .hasSize(expected);
      assertThat(
              page.path("images")
                  .valueStream()
                  .flatMap(image -> image.path("findings").valueStream())
                  .filter(finding ->
                      finding.get(1).stringValue().equals("f")
                          && finding.get(2).stringValue().equals(severity.word())))
          .hasSize(expected);
    }
  }

  @Test
  void scoresAreTheSameInEveryFormat() throws IOException {
    for (int i = 0; i < rows.size(); i++) {
      int score = run.images().get(i).score();
      assertThat(rows.get(i)).containsEntry("score", "" + score);
      assertThat(json.path("images").get(i).path("score").asInt(-1)).isEqualTo(score);
      assertThat(page.path("images").get(i).path("score").asInt(-1)).isEqualTo(score);
    }
    String metrics = text("metrics.prom");
    assertThat(metrics).contains("tare_score " + run.summary().score() + ".0");
    assertThat(text("summary.md")).contains("Score: " + run.summary().score() + " of 100");
    Map<String, List<Integer>> ofRepository =
        run.images().stream()
            .collect(
                Collectors.groupingBy(
                    image ->
                        "registry=\""
                            + image.registry()
                            + "\",repository=\""
                            + image.repository()
                            + "\"",
                    Collectors.mapping(JudgedImage::score, Collectors.toList())));
    ofRepository.forEach((repository, scores) ->
        assertThat(metrics)
            .contains(
                "tare_repository_score{"
                    + repository
                    + "} "
                    + scores.stream().mapToInt(Integer::intValue).sum() / scores.size()
                    + ".0"));
  }

  @Test
  void eachImageWeighsTheSameInEveryFormat() {
    for (int i = 0; i < rows.size(); i++) {
      JsonNode facts = json.path("images").get(i).path("facts");
      JsonNode shown = page.path("images").get(i);
      Map<String, String> row = rows.get(i);
      assertThat(row.get("digest"))
          .isEqualTo(json.path("images").get(i).path("digest").stringValue())
          .isEqualTo(shown.path("digest").stringValue());
      assertThat(shown.path("size")).isEqualTo(facts.path("size"));
      assertThat(row)
          .containsEntry("compressed_bytes", facts.path("size").path("compressed").asString())
          .containsEntry("wasted_bytes", facts.path("size").path("wasted").asString())
          .containsEntry("layers", shown.path("layerCount").asString())
          .containsEntry("packages", shown.path("counts").path("packages").asString())
          .containsEntry("tools", shown.path("counts").path("tools").asString());
    }
  }

  @Test
  void theFormatsForProgramsCountTheSameFindings() throws IOException {
    int notes = run.summary().findings().getOrDefault(Severity.NOTE, 0);
    int all = run.summary().findings().values().stream().mapToInt(Integer::intValue).sum();
    int unknown = count(OutcomeKind.UNKNOWN);
    int waived = count(OutcomeKind.WAIVED);
    List<JsonNode> sarif =
        JsonMapper.shared()
            .readTree(text("findings.sarif"))
            .at("/runs/0/results")
            .valueStream()
            .toList();
    assertThat(sarif.stream().filter(result -> !result.has("suppressions"))).hasSize(all);
    assertThat(sarif.stream().filter(result -> result.has("suppressions"))).hasSize(waived);
    assertThat(occurrences("junit.xml", "<failure ")).isEqualTo(all - notes);
    assertThat(occurrences("junit.xml", ">note: ")).isEqualTo(notes);
    assertThat(occurrences("junit.xml", "<error ")).isEqualTo(unknown + run.notInspected().size());
    assertThat(occurrences("policyreport.yaml", "result: fail")).isEqualTo(all - notes);
    assertThat(occurrences("policyreport.yaml", "result: warn")).isEqualTo(notes);
    assertThat(occurrences("policyreport.yaml", "result: error"))
        .isEqualTo(unknown + run.notInspected().size());
    assertThat(occurrences("policyreport.yaml", "result: skip")).isEqualTo(waived);
    for (Severity severity : Severity.values()) {
      assertThat(text("metrics.prom"))
          .contains(
              "tare_findings{severity=\""
                  + severity.word()
                  + "\"} "
                  + run.summary().findings().getOrDefault(severity, 0)
                  + ".0");
    }
    assertThat(
            JsonMapper.shared()
                .readTree(text("oscal.json"))
                .at("/assessment-results/results/0/local-definitions/inventory-items"))
        .hasSize(run.summary().images());
    assertThat(text("compliance.md")).contains(run.summary().images() + " images: ");
    for (Verdict verdict : Verdict.values()) {
      long images = run.images().stream().filter(image -> image.verdict() == verdict).count();
      assertThat(text("metrics.prom"))
          .contains("tare_images{verdict=\"" + verdict.word() + "\"} " + images + ".0");
    }
  }

  @Test
  void eachRuleFailsOnAsManyImagesInEveryFormat() throws IOException {
    JsonNode observations =
        JsonMapper.shared()
            .readTree(text("oscal.json"))
            .at("/assessment-results/results/0/observations");
    String compliance = text("compliance.md");
    for (RuleDoc rule : run.rules()) {
      Map<String, Long> outcomes =
          json.path("images")
              .valueStream()
              .flatMap(image -> image.path("outcomes").valueStream())
              .filter(outcome -> outcome.path("rule").stringValue().equals(rule.id()))
              .collect(
                  Collectors.groupingBy(
                      outcome -> outcome.path("outcome").stringValue(), Collectors.counting()));
      long failed = outcomes.getOrDefault("fail", 0L);
      assertThat(text("metrics.prom"))
          .contains("tare_rule_failed_images{rule=\"" + rule.id() + "\"} " + failed + ".0");
      if (failed > 0 && !rule.controls().isEmpty()) {
        assertThat(compliance)
            .contains(
                "Severity "
                    + rule.severity().word()
                    + " unless settings say otherwise: "
                    + failed
                    + " failed, "
                    + outcomes.getOrDefault("waived", 0L)
                    + " waived, "
                    + outcomes.getOrDefault("unknown", 0L)
                    + " unknown, ");
        assertThat(
                observations
                    .valueStream()
                    .filter(one -> one.path("title").stringValue().startsWith(rule.id() + " "))
                    .filter(one -> one.path("title").stringValue().endsWith(": fail"))
                    .mapToInt(one -> one.path("subjects").size())
                    .max())
            .hasValue((int) failed);
      }
    }
  }

  @Test
  void anInventoryListsAsManyPackagesAsTheTable() throws IOException {
    for (int i = 0; i < rows.size(); i++) {
      JsonNode inventory =
          JsonMapper.shared().readTree(text(SbomReportWriter.fileName(run.images().get(i))));
      assertThat(
              inventory
                  .path("components")
                  .valueStream()
                  .filter(one -> one.path("type").stringValue().equals("library")))
          .hasSize(Integer.parseInt("0" + rows.get(i).get("packages")));
    }
  }

  @Test
  void newAndUnchangedFindingsAreTheSameInEveryFormatThatMarksThem() throws IOException {
    for (FindingChange change : FindingChange.values()) {
      assertThat(json.path("since").path(change.word()).asInt()).isEqualTo(since.count(change));
      assertThat(page.path("since").path(change.word()).asInt()).isEqualTo(since.count(change));
    }
    assertThat(since.count(FindingChange.NEW)).isPositive();
    assertThat(since.count(FindingChange.UNCHANGED)).isPositive();
    long marked =
        json.path("images")
            .valueStream()
            .flatMap(image -> image.path("outcomes").valueStream())
            .filter(outcome -> outcome.path("change").asString("").equals("new"))
            .count();
    assertThat(occurrences("findings.sarif", "\"baselineState\":\"new\"")).isEqualTo((int) marked);
    assertThat(occurrences("policyreport.yaml", "change: new")).isEqualTo((int) marked);
    assertThat(rows.stream().mapToInt(row -> Integer.parseInt("" + row.get("new"))).sum())
        .isEqualTo((int) marked);
    for (FindingChange change : FindingChange.values()) {
      assertThat(text("metrics.prom"))
          .contains(
              "tare_finding_changes{change=\""
                  + change.word()
                  + "\"} "
                  + since.count(change)
                  + ".0");
      assertThat(text("compliance.md")).contains(since.count(change) + " " + change.word());
    }
    assertThat(
            page.path("images")
                .valueStream()
                .flatMap(image -> image.path("findings").valueStream())
                .filter(finding -> finding.path(6).asInt(0) == 1))
        .hasSize((int) marked);
  }

  private int count(OutcomeKind kind) {
    return (int)
        run.images().stream()
            .flatMap(image -> image.outcomes().stream())
            .filter(outcome -> outcome.kind() == kind)
            .count();
  }

  private int occurrences(String file, String what) throws IOException {
    return text(file).split(Pattern.quote(what), -1).length - 1;
  }

  private String text(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }
}
