package dev.tare.cli.page;

import dev.tare.cli.Palette;
import dev.tare.cli.option.Context;
import dev.tare.cli.terminal.Counted;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.cli.terminal.TextTable.Alignment;
import dev.tare.cli.terminal.TextTable.Cell;
import dev.tare.ticket.ClosingCause;
import dev.tare.ticket.TicketAction;
import dev.tare.ticket.TicketPlan;
import dev.tare.ticket.UnreadableTicket;
import dev.tare.ticket.WaitingTicket;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became, or would become, of tickets. */
public final class TicketPage {
  private final PrintWriter out;
  private final Palette palette;
  private final int width;
  private final boolean planned;

  public TicketPage(Context context, boolean planned) {
    this.out = context.terminal().out();
    this.palette = context.palette();
    this.width = context.terminal().width();
    this.planned = planned;
  }

  public void print(TicketPlan plan) {
    if (!plan.actions().isEmpty()) {
      TextTable table =
          new TextTable()
              .column("DOES", Alignment.LEFT)
              .column("SEVERITY", Alignment.LEFT)
              .column("TICKET", Alignment.LEFT)
              .flexibleColumn("WHY");
      for (TicketAction action : plan.actions()) {
        String severity = action.severity().word();
        table.row(
            new Cell(action.kind().name().toLowerCase(Locale.ROOT)),
            new Cell(severity, palette.severity(action.severity(), severity)),
            new Cell(OneLine.of(action.key().toString())),
            new Cell(OneLine.of(action.reason())));
      }
      table.lines(width, palette).forEach(out::println);
      out.println();
    }
    plan.kept()
        .forEach(
            kept -> out.println("left alone: " + kept.key() + ": " + OneLine.of(kept.reason())));
    plan.unreadable().forEach(ticket -> out.println(unreadable(ticket, palette)));
    plan.failures()
        .forEach(
            failure -> out.println(palette.error("not written: ") + OneLine.of(failure.message())));
    out.println(summary(plan, planned));
    waiting(plan).ifPresent(out::println);
  }

  /** One line: how many wait to be closed, and why; empty where none does. */
  static Optional<String> waiting(TicketPlan plan) {
    Map<ClosingCause, Long> causes =
        plan.waiting().stream()
            .collect(
                Collectors.groupingBy(WaitingTicket::cause, TreeMap::new, Collectors.counting()));
    return causes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Tickets waiting to be closed: "
                + plan.waiting().size()
                + ", because "
                + causes.entrySet().stream()
                    .map(cause -> cause.getKey().words() + " (" + cause.getValue() + ")")
                    .collect(Collectors.joining(", "))
                + "; only a limited number closes at once");
  }

  /** One line: what was left alone because it could not be understood, and why. */
  static String unreadable(UnreadableTicket ticket, Palette palette) {
    return palette.error("unreadable: ")
        + OneLine.of(ticket.location())
        + ": "
        + OneLine.of(ticket.reason());
  }

  /** One line: how many are created, updated, closed. */
  static String summary(TicketPlan plan, boolean planned) {
    String done =
        Stream.of(TicketAction.Kind.values())
            .filter(kind -> plan.count(kind) > 0)
            .map(kind -> plan.count(kind) + " " + word(kind, planned))
            .collect(Collectors.joining(", "));
    return (planned ? "Tickets, planned: " : "Tickets: ")
        + (done.isEmpty() ? plan.failures().isEmpty() ? "nothing to do" : "nothing done" : done)
        + (plan.failures().isEmpty() ? "" : ", " + plan.failures().size() + " not written")
        + (plan.unchanged() > 0 ? ", " + plan.unchanged() + " unchanged" : "")
        + (plan.inheriting() > 0
            ? ", " + Counted.of(plan.inheriting(), "line") + " in those of their bases"
            : "")
        + (plan.deferred().isEmpty()
            ? ""
            : ", " + plan.deferred().size() + " more than one run may open wait for the next");
  }

  private static String word(TicketAction.Kind kind, boolean planned) {
    return switch (kind) {
      case CREATE -> planned ? "to create" : "created";
      case UPDATE -> planned ? "to update" : "updated";
      case CLOSE -> planned ? "to close" : "closed";
      case REOPEN -> planned ? "to reopen" : "reopened";
    };
  }
}
