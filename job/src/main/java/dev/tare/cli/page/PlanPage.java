package dev.tare.cli.page;

import dev.tare.cli.Palette;
import dev.tare.cli.ShellWord;
import dev.tare.cli.option.Context;
import dev.tare.cli.terminal.Counted;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.finding.OwnReading;
import dev.tare.finding.Severity;
import dev.tare.plan.Action;
import dev.tare.plan.Correction;
import dev.tare.plan.Plan;
import dev.tare.plan.PlannedImage;
import dev.tare.plan.Proposal;
import dev.tare.plan.Prospect;
import dev.tare.plan.ProspectText;
import dev.tare.plan.Saving;
import dev.tare.report.OwnText;
import dev.tare.text.Bytes;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What to do first, at the terminal. */
public final class PlanPage {
  private static final int WIDEST = 110;
  private static final String INDENT = "    ";

  private static final List<Severity> WORST_FIRST =
      List.of(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW);

  private final PrintWriter out;
  private final Palette palette;
  private final int width;

  public PlanPage(Context context) {
    this(context.terminal().out(), context.palette(), context.terminal().width());
  }

  PlanPage(PrintWriter out, Palette palette, int width) {
    this.out = out;
    this.palette = palette;
    this.width = Math.min(WIDEST, width);
  }

  /**
   * Prints the first actions.
   *
   * @param own what is told beside the images' own part; null of whole images
   * @param most how many
   */
  public void print(Plan plan, @Nullable OwnReading own, int most) {
    print(plan, most, own == null ? "" : " of their own");
    if (own != null) {
      out.println();
      OwnText.lines(own).forEach(line -> out.println(OneLine.of(line)));
    }
  }

  private void print(Plan plan, int most, String whose) {
    int all = count(plan.findings());
    List<Action> shown = plan.actions().stream().limit(most).toList();
    if (all == 0) {
      out.println(
          "Nothing to do: no image of the run has a finding"
              + whose
              + " above a note that nobody waived.");
      return;
    }
    out.println(
        palette.bold("What to do first")
            + ": "
            + Counted.of(shown.size(), "action")
            + (shown.size() == 1 ? " ends " : " end ")
            + count(plan.endedByFirst(most))
            + " of "
            + Counted.of(all, "finding")
            + whose);
    String registry = registry(plan);
    int number = 1;
    for (Action action : shown) {
      out.println();
      action(number++, action, registry);
    }
    int left = plan.actions().size() - shown.size();
    if (left > 0) {
      out.println();
      out.println(palette.dim("… and " + left + " more: tare plan -n " + plan.actions().size()));
    }
  }

  /** The first actions, a line each, for the end of a run. */
  List<String> lines(Plan plan, int most) {
    List<String> lines = new ArrayList<>();
    String registry = registry(plan);
    for (Action action : plan.actions()) {
      if (lines.size() == most || action.ended() == 0) {
        break;
      }
      String ends = " (ends " + counts(action.ends()) + ")";
      String title =
          TextTable.shortened(title(action, registry), Math.max(16, width - 5 - ends.length()));
      lines.add((lines.size() + 1) + ". " + title + palette.dim(ends));
    }
    return lines;
  }

  private void action(int number, Action action, @Nullable String registry) {
    String label = number + ".";
    List<String> title = RulePage.wrapped(title(action, registry), width - INDENT.length());
    for (int i = 0; i < title.size(); i++) {
      String first =
          i == 0 ? label + " ".repeat(Math.max(1, INDENT.length() - label.length())) : INDENT;
      out.println(first + palette.bold(title.get(i)));
    }
    long references = action.images().stream().map(PlannedImage::reference).distinct().count();
    Saving saves = action.saves();
    text("ends " + counts(action.ends()) + " in " + Counted.of((int) references, "image"));
    if (saves != null && saves.pullBytes() > 0) {
      String about = saves.estimated() ? "about " : "";
      text(
          "saves "
              + about
              + Bytes.humanised(saves.registryBytes())
              + " in the registry, up to "
              + Bytes.humanised(saves.pullBytes())
              + " a pull");
    }
    Proposal proposal = action.proposal();
    if (proposal != null) {
      text(
          "for example to "
              + without(registry, proposal.reference())
              + ", which is "
              + Bytes.humanised(proposal.bytesLess())
              + " smaller and itself passes "
              + proposal.passes().size()
              + " of these "
              + Counted.of(action.rules().size(), "rule")
              + (proposal.unknown().isEmpty()
                  ? ""
                  : "; " + proposal.unknown().size() + " not known"));
      Prospect prospect = proposal.prospect();
      if (prospect != null) {
        ProspectText.of(prospect).forEach(this::text);
      }
    }
    if (action.ended() == 0 && !action.aims().isEmpty()) {
      text("works against " + String.join(", ", action.aims()) + ", which may stay");
    }
    if (!action.base()) {
      dockerfile(action);
    }
    out.println(INDENT + palette.dim(more(action)));
  }

  /** The step that fails, and what to write instead where that is certain. */
  private void dockerfile(Action action) {
    Correction correction = action.corrections().isEmpty() ? null : action.corrections().getFirst();
    String step =
        correction != null && correction.step() != null
            ? correction.step()
            : action.steps().isEmpty() ? null : action.steps().getFirst();
    if (step != null) {
      int others = action.steps().size() - 1;
      labelled("step", step, others > 0 ? " and " + others + " more" : "");
    }
    if (correction != null) {
      labelled("write", correction.write(), "");
    }
  }

  private void labelled(String label, String text, String after) {
    String line = OneLine.of(text.replaceAll("\\s+", " "));
    int room = Math.max(16, width - INDENT.length() - 7 - after.length());
    out.println(
        INDENT
            + palette.dim(label + " ".repeat(7 - label.length()))
            + TextTable.shortened(line, room)
            + after);
  }

  private void text(String text) {
    RulePage.wrapped(OneLine.of(text), width - INDENT.length())
        .forEach(line -> out.println(INDENT + line));
  }

  /** What shows more of it. */
  private static String more(Action action) {
    if (action.base()) {
      return "tare lineage " + ShellWord.of(OneLine.of(action.subject()));
    }
    return "tare policy show "
        + Stream.concat(action.rules().stream(), action.aims().stream())
            .findFirst()
            .map(ShellWord::of)
            .orElse("");
  }

  /** Notes only where there is nothing else: they make no image fail. */
  private static String counts(Map<Severity, Integer> ends) {
    String counts =
        WORST_FIRST.stream()
            .filter(severity -> ends.getOrDefault(severity, 0) > 0)
            .map(severity -> ends.get(severity) + " " + severity.word())
            .collect(Collectors.joining(", "));
    int notes = ends.getOrDefault(Severity.NOTE, 0);
    return !counts.isEmpty() ? counts : notes > 0 ? Counted.of(notes, "note") : "nothing by itself";
  }

  private static int count(Map<Severity, Integer> findings) {
    return WORST_FIRST.stream().mapToInt(severity -> findings.getOrDefault(severity, 0)).sum();
  }

  private static String title(Action action, @Nullable String registry) {
    return OneLine.of(
        action.title().replace(action.subject(), without(registry, action.subject())));
  }

  private static String without(@Nullable String registry, String name) {
    return registry != null && name.startsWith(registry + "/")
        ? name.substring(registry.length() + 1)
        : name;
  }

  /** The registry that all images come from; null where there is more than one. */
  private static @Nullable String registry(Plan plan) {
    Set<String> registries = new HashSet<>();
    for (Action action : plan.actions()) {
      action.images().forEach(image -> registries.add(image.reference().split("/", 2)[0]));
    }
    return registries.size() == 1 ? registries.iterator().next() : null;
  }
}
