package dev.tare.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.RunResults;
import dev.tare.report.ReportInput;
import dev.tare.report.Reports;
import dev.tare.report.text.SpreadsheetText;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

class CsvReportWriterTest {
  @TempDir Path directory;

  @Test
  void oneRowAnImageInTheOrderOfTheRun() throws IOException {
    SampleRun run = SampleRun.small();
    assertThat(rows(run))
        .extracting(row -> row.get("digest"))
        .containsExactlyElementsOf(run.images().stream().map(JudgedImage::digest).toList());
  }

  @Test
  void cellsHoldTheFacts() throws IOException {
    Map<String, String> monolith = row("localhost:5001/legacy/monolith:2019.11");
    assertThat(monolith)
        .containsEntry("verdict", "failing")
        .containsEntry("base_class", "full")
        .containsEntry("os", "Ubuntu 20.04.6 LTS")
        .containsEntry("os_end_of_life", "2025-05-31")
        .containsEntry("root_base", "localhost:5001/base/ubuntu:20.04")
        .containsEntry("parent_base", "localhost:5001/base/ubuntu:20.04")
        .containsEntry("layers", "11")
        .containsEntry("tools_compiler_build", "7")
        .containsEntry("tools_download", "2")
        .containsEntry("findings_critical", "3");
  }

  @Test
  void aFactThatWasNotMeasuredIsAnEmptyCellAndNotAZero() throws IOException {
    assertThat(row("localhost:5001/partner/reporting:7"))
        .containsEntry("packages", "")
        .containsEntry("gaps", "packages provenance vulnerabilities")
        .containsEntry("tools", "0");
  }

  @Test
  void linesEndAndCellsAreQuotedAsRfc4180Says() throws IOException {
    String text = text(SampleRun.small());
    assertThat(text.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
    assertThat(text).endsWith("\r\n");
    // The user of the hostile image holds quotes: the cell is quoted, and each quote doubled.
    assertThat(text)
        .contains(",\"'=</script><img src=x onerror=\"\"window.hacked=1\"\"><!--<script>\",");
  }

  @Test
  void noRowIsOnlyAHeader() throws IOException {
    assertThat(text(SampleRun.empty()))
        .startsWith("reference,digest,platform")
        .endsWith("unknown,new,score\r\n")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"})
  void whatASpreadsheetWouldRunBecomesText(String hostile) {
    assertThat(SpreadsheetText.of(hostile)).isEqualTo("'" + hostile);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=1", "1-1", "localhost:5001/team/app@sha256:00", ""})
  void otherTextStaysAsItIs(String harmless) {
    assertThat(SpreadsheetText.of(harmless)).isEqualTo(harmless);
  }

  private Map<String, String> row(String reference) throws IOException {
    return rows(SampleRun.small()).stream()
        .filter(row -> reference.equals(row.get("reference")))
        .findFirst()
        .orElseThrow();
  }

  private List<Map<String, String>> rows(RunResults run) throws IOException {
    try (MappingIterator<Map<String, String>> rows =
        CsvMapper.builder()
            .build()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(text(run))) {
      return rows.readAll();
    }
  }

  private String text(RunResults run) throws IOException {
    new Reports().write(ReportInput.of(run), directory, List.of("csv"));
    return Files.readString(directory.resolve("images.csv"));
  }
}
