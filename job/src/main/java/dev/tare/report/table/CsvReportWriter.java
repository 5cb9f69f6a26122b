package dev.tare.report.table;

import dev.tare.facts.Base;
import dev.tare.facts.Fact;
import dev.tare.facts.StoredFacts;
import dev.tare.facts.Vulnerabilities;
import dev.tare.finding.Comparison;
import dev.tare.finding.FindingChange;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.Severity;
import dev.tare.plan.Plan;
import dev.tare.report.ReportInput;
import dev.tare.report.format.OpenReport;
import dev.tare.report.format.ReportFiles;
import dev.tare.report.format.ReportWriter;
import dev.tare.report.text.Severities;
import dev.tare.report.text.SpreadsheetText;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;
import tools.jackson.dataformat.csv.CsvWriteFeature;

/**
 * {@code images.csv}: one row an image, for spreadsheets. RFC 4180, UTF-8, CRLF, a header row. A
 * cell is empty where the fact could not be measured; it is never a zero in its place. The column
 * {@code gaps} names the facts of which something is missing: a number of theirs is a lower bound.
 * Holds one image at a time in memory.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
public final class CsvReportWriter implements ReportWriter {
  private static final CsvMapper MAPPER =
      CsvMapper.builder().enable(CsvWriteFeature.STRICT_CHECK_FOR_QUOTING).build();

  /** The categories that most policies ask about; the total counts the others too. */
  private static final List<String> TOOL_CATEGORIES =
      List.of(
          "shell",
          "os-package-manager",
          "language-package-manager",
          "download",
          "network-diagnostics",
          "remote-access",
          "compiler-build",
          "debugger-tracer",
          "version-control",
          "editor",
          "privilege");

  private static final List<Column> COLUMNS =
      Stream.of(
              Stream.of(
                  text("reference", row -> row.image().reference()),
                  text("digest", row -> row.image().digest()),
                  text("platform", row -> row.image().platform()),
                  text("verdict", row -> row.image().verdict().word()),
                  text("profile", row -> row.facts().profile()),
                  text("base_class", row -> row.facts().base().kind()),
                  text("os", CsvReportWriter::os),
                  text("os_end_of_life", CsvReportWriter::endOfLife),
                  text("root_base", row -> reference(row.facts().base().root())),
                  text("parent_base", row -> reference(row.facts().base().parent())),
                  number("compressed_bytes", facts -> facts.size().compressed()),
                  number(
                      "uncompressed_bytes",
                      Fact.SIZE_UNCOMPRESSED,
                      facts -> facts.size().uncompressed()),
                  number("added_over_base_bytes", facts -> facts.size().addedOverBase()),
                  number("layers", StoredFacts::layerCount),
                  number("files", Fact.SIZE_FILES, facts -> facts.size().files()),
                  new Column("efficiency", CsvReportWriter::efficiency),
                  number("wasted_bytes", Fact.SIZE_WASTED, facts -> facts.size().wasted()),
                  number("packages", Fact.PACKAGES_COUNT, facts -> facts.packages().count()),
                  count("tools", Fact.TOOLS),
                  count("hidden_tools", Fact.HIDDEN_TOOLS)),
              TOOL_CATEGORIES.stream().map(CsvReportWriter::tools),
              Stream.of(
                  vulnerabilities("critical"),
                  vulnerabilities("high"),
                  vulnerabilities("medium"),
                  vulnerabilities("low"),
                  vulnerabilities("negligible"),
                  vulnerabilities("unknown"),
                  new Column("vulnerabilities_fixable", CsvReportWriter::fixable),
                  new Column("vulnerabilities_excluded", CsvReportWriter::excluded),
                  number("epss_highest", facts -> facts.vulnerabilities().highestEpss()),
                  text("user", row -> row.facts().image().config().user()),
                  text("created", row -> row.facts().image().created()),
                  text("gaps", row -> String.join(" ", row.facts().gapNames()))),
              Severities.WORST_FIRST.stream().map(CsvReportWriter::findings),
              Stream.of(
                  outcomes("waived", OutcomeKind.WAIVED),
                  outcomes("unknown", OutcomeKind.UNKNOWN),
                  new Column("new", CsvReportWriter::fresh),
                  new Column("score", row -> "" + row.image().score())))
          .flatMap(columns -> columns)
          .toList();

  private static final CsvSchema SCHEMA = schema();

  @Override
  public String format() {
    return "csv";
  }

  @Override
  public String fileName() {
    return "images.csv";
  }

  @Override
  public OpenReport open(ReportInput input, ReportFiles files) throws IOException {
    JsonGenerator csv = MAPPER.writer(SCHEMA).createGenerator(files.createText(fileName()));
    csv.writeStartArray();
    for (Column column : COLUMNS) {
      csv.writeString(column.name());
    }
    csv.writeEndArray();
    return new OpenReport() {
      @Override
      public void image(JudgedImage image) {
        row(csv, new Row(image, StoredFacts.of(image.facts()), input.since()));
      }

      @Override
      public void finish(Plan plan) {
        csv.close();
      }

      @Override
      public void close() {
        csv.close();
      }
    };
  }

  private static void row(JsonGenerator csv, Row row) {
    csv.writeStartArray();
    for (Column column : COLUMNS) {
      csv.writeString(column.cell().apply(row));
    }
    csv.writeEndArray();
  }

  private static CsvSchema schema() {
    CsvSchema.Builder schema = CsvSchema.builder().setLineSeparator("\r\n");
    COLUMNS.forEach(column -> schema.addColumn(column.name()));
    return schema.build();
  }

  private static Column text(String name, Function<Row, @Nullable String> cell) {
    return new Column(name, row -> SpreadsheetText.of(cell.apply(row)));
  }

  private static Column number(String name, Function<StoredFacts, @Nullable Number> value) {
    return new Column(name, row -> cell(value.apply(row.facts())));
  }

  private static Column number(
      String name, Fact fact, Function<StoredFacts, @Nullable Number> value) {
    return number(name, facts -> facts.measured(fact, value.apply(facts)));
  }

  private static Column count(String name, Fact list) {
    return number(name, facts -> facts.count(list));
  }

  private static Column tools(String category) {
    return new Column(
        "tools_" + category.replace('-', '_'),
        row ->
            row.facts().count(Fact.TOOLS) == null
                ? ""
                : ""
                    + row.facts().tools().stream()
                        .filter(tool -> category.equals(tool.category()))
                        .count());
  }

  /** Empty where nothing was matched; with a gap in {@code gaps} where not all packages were. */
  private static Column vulnerabilities(String severity) {
    return number(
        "vulnerabilities_" + severity, facts -> facts.vulnerabilities().counts().get(severity));
  }

  private static String fixable(Row row) {
    Vulnerabilities vulnerabilities = row.facts().vulnerabilities();
    return vulnerabilities.isKnown() ? "" + Vulnerabilities.sum(vulnerabilities.fixable()) : "";
  }

  private static String excluded(Row row) {
    Vulnerabilities vulnerabilities = row.facts().vulnerabilities();
    return vulnerabilities.isKnown() ? "" + vulnerabilities.excludedCount() : "";
  }

  private static String cell(@Nullable Number number) {
    return number == null ? "" : number.toString();
  }

  private static Column findings(Severity severity) {
    return new Column(
        "findings_" + severity.word(),
        row -> count(row, o -> o.kind() == OutcomeKind.FAIL && o.severity() == severity));
  }

  private static Column outcomes(String name, OutcomeKind kind) {
    return new Column(name, row -> count(row, outcome -> outcome.kind() == kind));
  }

  private static String count(Row row, Predicate<Outcome> condition) {
    return "" + row.image().outcomes().stream().filter(condition).count();
  }

  /** Of a part of the layers it would be another image's. */
  private static String efficiency(Row row) {
    return row.facts().isWhole(Fact.SIZE_EFFICIENCY) ? cell(row.facts().size().efficiency()) : "";
  }

  private static @Nullable String os(Row row) {
    Base.OperatingSystem os = row.facts().base().os();
    if (os == null) {
      return null;
    }
    if (os.prettyName() != null) {
      return os.prettyName();
    }
    return os.id() == null || os.versionId() == null ? os.id() : os.id() + " " + os.versionId();
  }

  private static @Nullable String endOfLife(Row row) {
    Base.OperatingSystem os = row.facts().base().os();
    return os == null ? null : os.eol();
  }

  private static @Nullable String reference(Base.@Nullable Ancestor ancestor) {
    return ancestor == null ? null : ancestor.reference();
  }

  /** Empty without a run to compare with. */
  private static String fresh(Row row) {
    Comparison since = row.since();
    return since == null ? "" : count(row, one -> since.of(one).orElse(null) == FindingChange.NEW);
  }

  private record Row(JudgedImage image, StoredFacts facts, @Nullable Comparison since) {}

  private record Column(String name, Function<Row, String> cell) {}
}
