package dev.tare.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Severity;
import dev.tare.plan.Plan;
import dev.tare.report.format.OpenReport;
import dev.tare.report.format.ReportFiles;
import dev.tare.report.format.ReportWriter;
import dev.tare.report.table.CsvReportWriter;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportsTest {
  private static final String UUIDS = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  @TempDir Path directory;

  @Test
  void eachFormatLeavesItsFileAndNothingElse() throws IOException {
    Reports reports = new Reports();
    reports.write(
        ReportInput.of(SampleRun.small()), directory.resolve("made/on/the/way"), reports.formats());
    assertThat(names(directory.resolve("made/on/the/way")))
        .containsExactlyInAnyOrder(
            "index.html",
            "report.json",
            "images.csv",
            "findings.sarif",
            "junit.xml",
            "gl-code-quality-report.json",
            "summary.md",
            "compliance.html",
            "compliance.md",
            "oscal.json",
            "policyreport.yaml",
            "metrics.prom",
            "sbom");
  }

  /** Those that people work through one by one; the others count everything. */
  @ParameterizedTest
  @CsvSource({
    "sarif, findings.sarif, true",
    "junit, junit.xml, true",
    "codequality, gl-code-quality-report.json, true",
    "markdown, summary.md, false",
    "csv, images.csv, false",
    "json, report.json, false",
    "compliance, compliance.md, false",
    "oscal, oscal.json, false",
    "policyreport, policyreport.yaml, false",
    "metrics, metrics.prom, false",
    "html, index.html, false"
  })
  void listsOfFindingsBeginWithTheLeastSeverity(String format, String file, boolean shorter)
      throws IOException {
    SampleRun run = SampleRun.small();
    List<JudgedImage> severe =
        run.images().stream()
            .map(image ->
                image.with(
                    image.outcomes().stream()
                        .filter(outcome -> outcome.severity().compareTo(Severity.HIGH) >= 0)
                        .toList()))
            .toList();
    String all = written(new Reports(), run.earlier(any -> true), format, file);
    String least =
        written(new Reports().from(Severity.HIGH), run.earlier(any -> true), format, file);

    if (shorter) {
      assertThat(least)
          .isEqualTo(written(new Reports(), run.withImages(severe), format, file))
          .isNotEqualTo(all);
    } else {
      assertThat(least).isEqualTo(all);
    }
  }

  private String written(Reports reports, SampleRun run, String format, String file)
      throws IOException {
    reports.write(ReportInput.of(run), directory, List.of(format));
    return Files.readString(directory.resolve(file)).replaceAll(UUIDS, "");
  }

  @Test
  void anEarlierReportIsReplaced() throws IOException {
    Files.writeString(directory.resolve("images.csv"), "old");
    new Reports().write(ReportInput.of(SampleRun.empty()), directory, List.of("csv"));
    assertThat(directory.resolve("images.csv")).content().startsWith("reference,digest");
  }

  @Test
  void unknownFormatIsRefusedBeforeAnythingIsWritten() throws IOException {
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() ->
            new Reports()
                .write(ReportInput.of(SampleRun.small()), directory, List.of("json", "pdf")))
        .satisfies(e -> {
          assertThat(e.kind()).isEqualTo(FailureKind.USAGE);
          assertThat(e).hasMessageContaining("unknown format pdf");
          assertThat(e.hint()).contains("html, json, csv");
        });
    assertThat(names(directory)).isEmpty();
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsAUsageErrorWithAdvice() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(
            () -> new Reports().write(ReportInput.of(SampleRun.small()), file, List.of("json")))
        .satisfies(e -> {
          assertThat(e.kind()).isEqualTo(FailureKind.USAGE);
          assertThat(e).hasMessageContaining(file.toString());
          assertThat(e.hint()).contains("--output");
        });
  }

  @Test
  void oneFormatThatFailsDoesNotTakeTheOthersWithIt() throws IOException {
    Reports reports =
        new Reports(
            List.of(
                new FailingWriter(new FileSystemException("a", null, "No space left on device")),
                new CsvReportWriter()));
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() ->
            reports.write(ReportInput.of(SampleRun.small()), directory, List.of("failing", "csv")))
        .satisfies(e -> {
          assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
          assertThat(e)
              .hasMessageContaining("half.txt")
              .hasMessageContaining("No space left on device");
        });
    assertThat(names(directory)).containsExactly("images.csv");
  }

  @Test
  void aReportThatFailsLeavesTheEarlierOneAsItWas() throws IOException {
    Files.writeString(directory.resolve("half.txt"), "complete");
    Reports reports = new Reports(List.of(new FailingWriter(new IllegalStateException("defect"))));
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(
            () -> reports.write(ReportInput.of(SampleRun.small()), directory, List.of("failing")))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INTERNAL));
    assertThat(directory.resolve("half.txt")).hasContent("complete");
    assertThat(names(directory)).containsExactly("half.txt");
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void formatsWorkInTheOrderOfTheRunWhileImagesAreRead() {
    SampleRun run = SampleRun.of(40);
    CountDownLatch readAhead = new CountDownLatch(12);
    List<String> written = new ArrayList<>();
    WaitingWriter waiting = new WaitingWriter(readAhead, written);
    new Reports(List.of(waiting))
        .write(ReportInput.of(run), directory, List.of(waiting.format()), readAhead::countDown);
    assertThat(written)
        .containsExactlyElementsOf(run.images().stream().map(JudgedImage::reference).toList());
  }

  /** Is done with the first image when others have been read, or never. */
  private record WaitingWriter(CountDownLatch readAhead, List<String> written)
      implements ReportWriter {
    @Override
    public String format() {
      return "waiting";
    }

    @Override
    public String fileName() {
      return "waiting.txt";
    }

    @Override
    public OpenReport open(ReportInput input, ReportFiles files) throws IOException {
      Writer file = files.createText(fileName());
      return new OpenReport() {
        @Override
        public void image(JudgedImage image) throws IOException {
          try {
            if (!readAhead.await(10, TimeUnit.SECONDS)) {
              throw new IOException("nothing is read meanwhile");
            }
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          written.add(image.reference());
        }

        @Override
        public void finish(Plan plan) throws IOException {
          file.close();
        }

        @Override
        public void close() throws IOException {
          file.close();
        }
      };
    }
  }

  private record FailingWriter(Exception failure) implements ReportWriter {
    @Override
    public String format() {
      return "failing";
    }

    @Override
    public String fileName() {
      return "half.txt";
    }

    @Override
    public OpenReport open(ReportInput input, ReportFiles files) throws IOException {
      Writer half = files.createText(fileName());
      half.write("half");
      return new OpenReport() {
        @Override
        public void image(JudgedImage image) throws IOException {
          if (failure instanceof IOException io) {
            throw io;
          }
          throw (RuntimeException) failure;
        }

        @Override
        public void finish(Plan plan) throws IOException {
          half.close();
        }

        @Override
        public void close() throws IOException {
          half.close();
        }
      };
    }
  }
}
