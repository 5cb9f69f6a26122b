package dev.tare.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.cli.page.FactsPage;
import dev.tare.cli.page.PageText;
import dev.tare.facts.StoredFacts;
import dev.tare.testing.NullableFacts;
import dev.tare.testing.NullableFacts.Fact;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What is not known reads neither as a yes nor as a no at the terminal, nor as a zero. */
class UnknownAtTheTerminalTest {
  private static final JsonNode KNOWN = NullableFacts.document();

  static List<Fact> facts() {
    return NullableFacts.decisive();
  }

  @ParameterizedTest
  @MethodSource("facts")
  void pageOfAnImageTellsUnknownFromBothKnownValues(Fact fact) {
    List<String> known = fact.known(KNOWN).stream().map(UnknownAtTheTerminalTest::page).toList();
    String unknown = page(fact.unknown(KNOWN));
    if (!known.getFirst().equals(known.getLast())) {
      assertThat(unknown).isNotIn(known);
    }
    assertThat(unknown).doesNotContain("null");
  }

  private static String page(JsonNode facts) {
    StringWriter text = new StringWriter();
    new FactsPage(new PageText(new PrintWriter(text), new Palette(false), 120))
        .print(StoredFacts.of(facts));
    return text.toString();
  }
}
