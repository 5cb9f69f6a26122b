package dev.tare.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.Verdict;
import dev.tare.testing.NullableFacts;
import dev.tare.testing.NullableFacts.Fact;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What is not known never reads as a yes or a no, nor as a zero: where a format tells the two known
 * values of a fact apart, it tells the unknown one apart from both.
 */
class UnknownInReportsTest {
  private static final JsonNode KNOWN = NullableFacts.document();

  @TempDir Path directory;

  static List<Fact> facts() {
    return NullableFacts.decisive();
  }

  @Test
  void theSchemaLeavesManyFactsOpen() {
    assertThat(facts())
        .extracting(Fact::path)
        .contains("layers.*.inBase", "tools.*.owned", "packages.items.*.inBase")
        .hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("facts")
  void everyFormatTellsUnknownFromBothKnownValues(Fact fact) {
    List<Map<String, String>> known = fact.known(KNOWN).stream().map(this::rendered).toList();
    Map<String, String> unknown = rendered(fact.unknown(KNOWN));
    unknown.forEach((file, text) -> {
      String yes = known.getFirst().getOrDefault(file, "");
      String no = known.getLast().getOrDefault(file, "");
      if (!yes.equals(no)) {
        assertThat(text).as(fact.path() + " in " + file).isNotEqualTo(yes).isNotEqualTo(no);
      }
    });
    assertThat(unknown.get("images.csv")).doesNotContain("null");
    assertThat(unknown.get("compliance.md")).doesNotContain("null");
    assertThat(unknown.get("junit.xml")).doesNotContain("null");
  }

  /** Every file that all formats write of an image with these facts. */
  private Map<String, String> rendered(JsonNode facts) {
    JudgedImage image =
        new JudgedImage(
            "registry.test",
            "app",
            List.of("1"),
            "registry.test/app:1",
            "sha256:" + "a".repeat(64),
            "linux/amd64",
            Verdict.COMPLIANT,
            facts,
            List.of());
    Reports reports = new Reports();
    reports.write(ReportInput.of(SampleRun.of(List.of(image))), directory, reports.formats());
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        texts.put(directory.relativize(file).toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
