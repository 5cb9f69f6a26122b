package dev.tare.report.compliance;

import dev.tare.finding.Control;
import dev.tare.finding.Framework;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.report.text.Markdown;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The controls of a framework, each with its state, and what of them is left to a person. */
final class ControlTable {
  /** Columns for a pen. */
  static final String FOUND = "Found";

  static final String BY = "By, on";

  private final Framework framework;
  private final List<RuleDoc> loaded;
  private final ComplianceTally tally;
  private final Map<ControlState, Integer> states = new EnumMap<>(ControlState.class);
  private int manual;
  private int notCovered;

  ControlTable(Framework framework, List<RuleDoc> loaded, ComplianceTally tally) {
    this.framework = framework;
    this.loaded = loaded;
    this.tally = tally;
  }

  Markdown section() {
    List<List<String>> rows = new ArrayList<>();
    List<List<String>> toCheck = new ArrayList<>();
    for (Control control : framework.controls()) {
      List<String> rules = framework.rulesOf(control, loaded).stream().map(RuleDoc::id).toList();
      String word = word(control, rules);
      rows.add(
          List.of(
              control.id(),
              control.title(),
              word,
              count(rules, OutcomeKind.FAIL),
              count(rules, OutcomeKind.WAIVED),
              count(rules, OutcomeKind.UNKNOWN),
              String.join(", ", rules)));
      String question = control.manual();
      if (question != null
          && (rules.isEmpty() || tally.state(control, rules) == ControlState.NOT_VIOLATED)) {
        toCheck.add(List.of(control.id(), control.title(), question, "", ""));
      }
    }
    Markdown page = new Markdown();
    page.heading(2, framework.title());
    String origin = origin();
    if (!origin.isEmpty()) {
      page.paragraph(origin);
    }
    page.paragraph(framework.controls().size() + " controls: " + counts() + ".");
    page.table(
        List.of("Control", "Title", "State", "Images failing", "Waived", "Unknown", "Rules"), rows);
    if (!toCheck.isEmpty()) {
      page.heading(3, framework.title() + ": left to a person");
      page.table(List.of("Control", "Title", "To look at", FOUND, BY), toCheck);
    }
    return page;
  }

  private String word(Control control, List<String> rules) {
    return switch (framework.coverage(control, loaded)) {
      case RULES -> {
        ControlState state = tally.state(control, rules);
        states.merge(state, 1, Integer::sum);
        yield state.word();
      }
      case MANUAL -> {
        manual++;
        yield Control.Coverage.MANUAL.word();
      }
      case NOT_COVERED -> {
        notCovered++;
        yield Control.Coverage.NOT_COVERED.word();
      }
    };
  }

  /** On how many images one of the rules came out like that; nothing where there is no rule. */
  private String count(List<String> rules, OutcomeKind kind) {
    return rules.isEmpty() ? "" : Integer.toString(tally.subjects(rules, kind).size());
  }

  private String counts() {
    List<String> counts = new ArrayList<>();
    states.forEach((state, count) -> counts.add(count + " " + state.word()));
    counts.add(manual + " manual");
    counts.add(notCovered + " not covered");
    return String.join(", ", counts);
  }

  /** Its version and where it is from; a framework of a user need not say either. */
  private String origin() {
    List<String> known = new ArrayList<>();
    if (!framework.version().isEmpty()) {
      known.add("Version " + framework.version());
    }
    if (!framework.source().isEmpty()) {
      known.add(framework.source());
    }
    return known.isEmpty() ? "" : String.join(", ", known) + ".";
  }
}
