package dev.tare.ticket.text;

import dev.tare.finding.RuleDoc;
import dev.tare.finding.Severity;
import dev.tare.plan.Action;
import dev.tare.plan.Correction;
import dev.tare.plan.Proposal;
import dev.tare.plan.Saving;
import dev.tare.text.Bytes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what to do: the first actions of a plan for one line of tags. */
final class ActionText {
  private static final int MOST = 5;
  private static final int MAX_RULES = 6;
  private static final int MAX_STEP = 300;
  private static final int TEXT = 1_000;

  private final Map<String, RuleDoc> rules;

  ActionText(Map<String, RuleDoc> rules) {
    this.rules = rules;
  }

  /**
   * The actions, what is the base's apart from what is the image's own.
   *
   * @param actions in the order in which each ends most
   * @param images that fail
   */
  String text(List<Action> actions, int images) {
    List<Action> first = actions.stream().limit(MOST).toList();
    StringBuilder text = new StringBuilder();
    int number = 1;
    for (Part part : first.stream().map(Part::of).distinct().toList()) {
      List<Action> those = first.stream().filter(action -> Part.of(action) == part).toList();
      text.append(text.isEmpty() ? "" : "\n").append("### ").append(part.heading).append('\n');
      for (Action action : those) {
        text.append("\n**").append(number++).append(". ");
        action(text, action, images);
      }
    }
    if (!first.isEmpty()) {
      text.append("\nMore of a rule: `tare policy show RULE`.");
      text.append(
          actions.size() > MOST
              ? " Actions that end less and are not listed: " + (actions.size() - MOST) + ".\n"
              : "\n");
    }
    return text.toString();
  }

  /** Whose an action is. */
  private enum Part {
    BASE("In the base"),
    OWN("In this image"),
    UNKNOWN("In the base or in this image: which of them is not known");

    private final String heading;

    Part(String heading) {
      this.heading = heading;
    }

    static Part of(Action action) {
      Boolean own = action.own();
      return own == null ? UNKNOWN : own ? OWN : BASE;
    }
  }

  private void action(StringBuilder text, Action action, int images) {
    text.append(MarkdownText.words(action.title(), TEXT)).append("**");
    String ends = counts(action.ends());
    if (!ends.isEmpty()) {
      text.append(" ends ").append(ends);
      text.append(images > 1 ? " on " + images(action) : "");
    }
    if (!action.aims().isEmpty()) {
      text.append(ends.isEmpty() ? " works against " : ", works against ")
          .append(rules(action.aims()))
          .append(", which may stay");
    }
    Saving saves = action.saves();
    if (saves != null && saves.pullBytes() > 0) {
      text.append("; saves ")
          .append(saves.estimated() ? "about " : "up to ")
          .append(Bytes.humanised(saves.pullBytes()))
          .append(" a pull");
    }
    text.append('.');
    if (!action.rules().isEmpty()) {
      text.append(" Rules: ").append(rules(action.rules())).append('.');
    }
    text.append('\n');
    proposal(text, action);
    if (action.corrections().isEmpty()) {
      remedy(text, action);
    } else {
      action.corrections().forEach(correction -> correction(text, correction));
    }
  }

  private static String images(Action action) {
    return action.images().size() == 1 ? "1 image" : action.images().size() + " images";
  }

  private static void proposal(StringBuilder text, Action action) {
    Proposal proposal = action.proposal();
    if (proposal == null) {
      return;
    }
    text.append("For example to ")
        .append(MarkdownText.code(proposal.reference(), TEXT))
        .append(", which is ")
        .append(Bytes.humanised(proposal.bytesLess()))
        .append(" smaller and itself passes ")
        .append(proposal.passes().size())
        .append(" of these ")
        .append(action.rules().size())
        .append(" rules");
    if (!proposal.unknown().isEmpty()) {
      text.append("; of ").append(proposal.unknown().size()).append(" it is not known");
    }
    text.append(". Whether the application finds there what it needs has to be tried.\n");
  }

  private static void correction(StringBuilder text, Correction correction) {
    String step = correction.step();
    text.append(
            step == null
                ? "At the end of the Dockerfile:\n\n"
                : "Instead of " + MarkdownText.code(step, MAX_STEP) + ":\n\n")
        .append(MarkdownText.block("dockerfile", correction.write()));
  }

  /** What the worst of the rules says; the same for all of them would be a page. */
  private void remedy(StringBuilder text, Action action) {
    Stream.concat(action.rules().stream(), action.aims().stream())
        .map(rules::get)
        .filter(rule -> rule != null && !rule.remediation().isBlank())
        .findFirst()
        .ifPresent(rule -> text.append(MarkdownText.words(rule.remediation(), TEXT)).append('\n'));
  }

  private static String rules(List<String> rules) {
    int more = rules.size() - MAX_RULES;
    return rules.stream()
            .limit(MAX_RULES)
            .map(rule -> MarkdownText.code(rule, TEXT))
            .collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String counts(Map<Severity, Integer> ends) {
    Map<Severity, Integer> worstFirst = new TreeMap<>(Comparator.reverseOrder());
    worstFirst.putAll(ends);
    return worstFirst.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> entry.getValue() + " " + entry.getKey().word())
        .collect(Collectors.joining(", "));
  }
}
