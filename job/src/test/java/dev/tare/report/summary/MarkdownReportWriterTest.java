package dev.tare.report.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.error.FailureKind;
import dev.tare.finding.Comparison;
import dev.tare.finding.FindingChange;
import dev.tare.finding.ImageHistory;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.NotInspected;
import dev.tare.finding.NotInspected.Stage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunInfo;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import dev.tare.finding.Waiver;
import dev.tare.report.ReportInput;
import dev.tare.report.Reports;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkdownReportWriterTest {
  /** What GitHub takes in a comment. */
  private static final int COMMENT = 65_536;

  @TempDir Path directory;

  private final SampleRun run = SampleRun.small();

  private String page(ReportInput input) throws IOException {
    new Reports().write(input, directory, List.of("markdown"));
    return Files.readString(directory.resolve("summary.md"));
  }

  private static ReportInput since(RunResults run, Comparison since) {
    return new ReportInput(run, since, List.of(), ImageHistory.NONE, null);
  }

  private static List<List<String>> rows(String page) {
    List<List<String>> rows = new ArrayList<>();
    parse(page)
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(CustomNode node) {
                if (node instanceof TableRow && node.getParent() instanceof TableBody) {
                  List<String> cells = new ArrayList<>();
                  for (Node cell = node.getFirstChild(); cell != null; cell = cell.getNext()) {
                    cells.add(text(cell));
                  }
                  rows.add(cells);
                }
                visitChildren(node);
              }
            });
    return rows;
  }

  private static String text(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            text.append(part.getLiteral());
          }
        });
    return text.toString();
  }

  private static Node parse(String page) {
    return Parser.builder().extensions(Set.of(TablesExtension.create())).build().parse(page);
  }

  @Test
  void verdictAndCountsAreThoseOfTheRun() throws IOException {
    RunSummary summary = run.summary();

    String page = page(ReportInput.of(run));

    assertThat(page)
        .startsWith("## Tare: %d of %d images fail".formatted(summary.failing(), summary.images()))
        .contains(summary.notInspected() + " not inspected")
        .contains(
            "%d compliant, %d failing, %d unknown"
                .formatted(summary.compliant(), summary.failing(), summary.unknown()))
        .contains(summary.findings().get(Severity.HIGH) + " high")
        .contains("There is no earlier run to compare with.")
        .contains(run.run().id());
  }

  @Test
  void everyFailingImageHasARowWorstFirst() throws IOException {
    List<List<String>> rows = rows(page(ReportInput.of(run)));

    assertThat(rows)
        .hasSize(run.summary().failing())
        .extracting(row -> row.get(0) + " " + row.get(1))
        .containsExactlyInAnyOrderElementsOf(
            run.images().stream()
                .filter(image -> image.verdict() == Verdict.FAILING)
                .map(image -> image.reference() + " " + image.platform())
                .toList());
    assertThat(rows)
        .isSortedAccordingTo((one, other) -> {
          for (int i = 2; i < 6; i++) {
            int order =
                Integer.compare(Integer.parseInt(other.get(i)), Integer.parseInt(one.get(i)));
            if (order != 0) {
              return order;
            }
          }
          return 0;
        });
    assertThat(rows).allSatisfy(row -> assertThat(row.get(6)).isEqualTo("–"));
  }

  @Test
  void whatTheEarlierRunDidNotHaveIsNew() throws IOException {
    Comparison since = Comparison.of(run.earlier(image -> image.digest().hashCode() % 2 == 0), run);
    Map<Severity, Long> fresh =
        run.images().stream()
            .flatMap(image -> image.outcomes().stream())
            .filter(outcome -> since.of(outcome).filter(FindingChange.NEW::equals).isPresent())
            .filter(outcome -> outcome.severity() != Severity.NOTE)
            .collect(Collectors.toMap(Outcome::fingerprint, Outcome::severity, (a, b) -> a))
            .values()
            .stream()
            .collect(Collectors.groupingBy(severity -> severity, Collectors.counting()));
    assertThat(fresh).containsKey(Severity.HIGH);

    String page = page(since(run, since));

    assertThat(page)
        .contains("New since the run " + since.earlier().id() + ": ")
        .contains(fresh.get(Severity.HIGH) + " high");
    List<List<String>> tables = rows(page);
    assertThat(tables)
        .filteredOn(row -> row.size() == 8)
        .extracting(row -> row.get(6))
        .contains("0")
        .doesNotContain("–");
    List<List<String>> listed = tables.stream().filter(row -> row.size() == 4).toList();
    long all = fresh.values().stream().mapToLong(Long::longValue).sum();
    assertThat(listed).hasSize((int) Math.min(10, all));
    assertThat(listed.getFirst().getFirst())
        .isEqualTo(fresh.keySet().stream().max(Comparator.naturalOrder()).orElseThrow().word());
    assertThat(listed).allMatch(row -> row.get(1).startsWith("TARE-"));
    if (all > 10) {
      assertThat(page).contains("and " + (all - 10) + " more.");
    }
  }

  @Test
  void nothingNewIsSaid() throws IOException {
    assertThat(page(since(run, Comparison.of(run.earlier(any -> true), run))))
        .contains("New since the run 2026-11-20T02-00-00Z-51c0: nothing.");
  }

  @Test
  void whatABaselineKnowsIsCountedApart() throws IOException {
    Waiver known = Waiver.ofBaseline(LocalDate.of(2026, 11, 1), LocalDate.of(2027, 4, 30));
    SampleRun judged =
        run.with(outcome ->
            outcome.kind() == OutcomeKind.FAIL
                ? outcome.answered(OutcomeKind.WAIVED, outcome.message(), known)
                : outcome);
    List<Outcome> answered =
        judged.images().stream()
            .flatMap(image -> image.outcomes().stream())
            .filter(outcome -> known.equals(outcome.waiver()))
            .toList();
    long count =
        answered.stream()
            .filter(outcome -> outcome.severity() != Severity.NOTE)
            .map(Outcome::fingerprint)
            .distinct()
            .count();
    // Several tags have one, and some are notes.
    assertThat(count).isGreaterThan(1).isLessThan(answered.size());
    assertThat(answered).extracting(Outcome::severity).contains(Severity.NOTE);

    String page = page(ReportInput.of(judged));

    assertThat(page)
        .contains("By the baseline " + count + " findings are known and fail nothing")
        .doesNotContain("no earlier run");
  }

  @Test
  void whatToDoFirstIsWhatThePlanSays() throws IOException {
    String title =
        new Reports()
            .write(ReportInput.of(run), directory, List.of("markdown"))
            .actions()
            .getFirst()
            .title();

    assertThat(text(parse(Files.readString(directory.resolve("summary.md")))))
        .contains("What to do first" + title + " (ends ");
  }

  @Test
  void runThatFindsNothingSaysSo() throws IOException {
    assertThat(page(ReportInput.of(SampleRun.empty()))).contains("Tare: ");
    List<JudgedImage> good =
        run.images().stream().filter(image -> image.verdict() == Verdict.COMPLIANT).toList();
    assertThat(good).isNotEmpty();

    String page = page(ReportInput.of(SampleRun.of(good.subList(0, 1))));

    assertThat(page)
        .startsWith("## Tare: 1 image complies\n")
        .doesNotContain("What to do first", "Failing images", "Not inspected");
  }

  @Test
  void hostileAnswersOfARegistryStayText() throws IOException {
    NotInspected hostile =
        new NotInspected(
            "localhost:5001/team/app",
            null,
            Stage.MANIFEST,
            "@everyone ```\n## <img src=x> [a](https://example.com) \u001b[31m",
            FailureKind.BAD_CONTENT);

    Node page = parse(page(ReportInput.of(new Changed(run, List.of(hostile, hostile)))));

    page.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text text) {
            assertThat(text.getLiteral()).doesNotContain("everyone");
          }

          @Override
          public void visit(FencedCodeBlock block) {
            assertThat(block.getLiteral().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("@everyone ``` ## <img"))
                .noneMatch(line -> line.contains("\u001b"));
          }

          @Override
          public void visit(Link link) {
            throw new AssertionError(link);
          }

          @Override
          public void visit(Image image) {
            throw new AssertionError(image);
          }

          @Override
          public void visit(HtmlInline html) {
            throw new AssertionError(html.getLiteral());
          }

          @Override
          public void visit(HtmlBlock html) {
            throw new AssertionError(html.getLiteral());
          }
        });
  }

  @Test
  void isAsLongAsACommentAtMost() throws IOException {
    String longest = "localhost:5001/" + "*_".repeat(400);
    List<JudgedImage> images =
        IntStream.range(0, 300)
            .mapToObj(i -> {
              JudgedImage image =
                  run.images().stream()
                      .filter(one -> one.verdict() == Verdict.FAILING)
                      .findFirst()
                      .orElseThrow();
              return new JudgedImage(
                  image.registry(),
                  image.repository(),
                  image.tags(),
                  longest + i,
                  image.digest(),
                  image.platform(),
                  image.verdict(),
                  image.facts(),
                  image.outcomes().stream().map(outcome -> other(outcome, i)).toList());
            })
            .toList();
    NotInspected reason =
        new NotInspected(
            "\u0001".repeat(600),
            null,
            Stage.LAYER,
            "\u0001".repeat(5_000),
            FailureKind.BAD_CONTENT);

    Changed large =
        new Changed(SampleRun.of(images), IntStream.range(0, 500).mapToObj(i -> reason).toList());

    String page = page(since(large, Comparison.of(SampleRun.empty(), large)));

    assertThat(page.length()).isLessThan(COMMENT);
    assertThat(rows(page).stream().filter(row -> row.size() == 8)).hasSize(20);
    assertThat(rows(page).stream().filter(row -> row.size() == 4)).hasSize(10);
    assertThat(page).contains("and 280 more.", "and 490 more.");
  }

  /** As on another image: another finding. */
  private static Outcome other(Outcome outcome, int number) {
    return new Outcome(
        outcome.rule(),
        outcome.kind(),
        outcome.severity(),
        outcome.message(),
        outcome.evidence(),
        outcome.fingerprint() + number,
        outcome.waiver());
  }

  /** A run with other problems and waivers. */
  private record Changed(RunResults results, List<NotInspected> notInspected)
      implements RunResults {
    @Override
    public RunInfo run() {
      return results.run();
    }

    @Override
    public RunSummary summary() {
      return results.summary();
    }

    @Override
    public void forEachImage(Consumer<JudgedImage> consumer) {
      results.forEachImage(consumer);
    }

    @Override
    public List<RuleDoc> rules() {
      return results.rules();
    }
  }
}
