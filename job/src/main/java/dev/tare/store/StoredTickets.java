package dev.tare.store;

import dev.tare.finding.TagLine;
import dev.tare.ticket.ClosingLedger;
import dev.tare.ticket.TicketJournal;
import dev.tare.ticket.TicketKey;
import dev.tare.ticket.TicketOutbox;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the state remembers of one tracker's tickets: where they are, and how many closed. What
 * comes before a request is in a transaction of its own.
 */
public final class StoredTickets implements TicketJournal, TicketOutbox, ClosingLedger {
  private final JdbcClient jdbc;
  private final TransactionTemplate alone;
  private final String tracker;

  /**
   * Over this database.
   *
   * @param tracker digest of where the tickets are
   */
  public StoredTickets(JdbcClient jdbc, PlatformTransactionManager transactions, String tracker) {
    this.jdbc = jdbc;
    this.alone = new TransactionTemplate(transactions);
    this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.tracker = tracker;
  }

  @Override
  public List<TicketJournal.Entry> entries() {
    return jdbc.sql(
            "SELECT mark, intended_at, location FROM tare_ticket WHERE tracker = ? ORDER BY mark")
        .param(tracker)
        .query((row, number) ->
            new TicketJournal.Entry(
                row.getString("mark"),
                row.getObject("intended_at", OffsetDateTime.class).toInstant(),
                row.getString("location")))
        .list();
  }

  @Override
  public void intend(String mark, Instant now) {
    write(
        "UPDATE tare_ticket SET intended_at = ?, location = NULL WHERE tracker = ? AND mark = ?",
        "INSERT INTO tare_ticket (intended_at, tracker, mark) VALUES (?, ?, ?)",
        utc(now),
        tracker,
        mark);
  }

  @Override
  public void found(String mark, String location) {
    write(
        "UPDATE tare_ticket SET location = ? WHERE tracker = ? AND mark = ?",
        "INSERT INTO tare_ticket (location, tracker, mark, intended_at)"
            + " VALUES (?, ?, ?, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00')",
        location,
        tracker,
        mark);
  }

  @Override
  public void forget(String mark) {
    change("DELETE FROM tare_ticket WHERE tracker = ? AND mark = ?", tracker, mark);
  }

  @Override
  public int intendedSince(Instant since) {
    return jdbc.sql("SELECT COUNT(*) FROM tare_ticket WHERE tracker = ? AND intended_at > ?")
        .params(tracker, utc(since))
        .query(Integer.class)
        .single();
  }

  @Override
  public List<Comment> comments() {
    return jdbc.sql(
            "SELECT change, location, words FROM tare_ticket_comment WHERE tracker = ? ORDER BY change")
        .param(tracker)
        .query((row, number) ->
            new Comment(row.getString("change"), row.getString("location"), row.getString("words")))
        .list();
  }

  @Override
  public void comment(Comment comment) {
    change(
        "INSERT INTO tare_ticket_comment (tracker, change, location, words) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        tracker,
        comment.change(),
        comment.location(),
        comment.text());
  }

  @Override
  public void commented(String change) {
    change("DELETE FROM tare_ticket_comment WHERE tracker = ? AND change = ?", tracker, change);
  }

  @Override
  public List<TicketOutbox.Entry> outbox() {
    return jdbc.sql(
            "SELECT mark, told, message, body, ticket FROM tare_ticket_outbox WHERE tracker = ? ORDER BY mark")
        .param(tracker)
        .query((row, number) -> {
          String id = row.getString("message");
          return new TicketOutbox.Entry(
              row.getString("mark"),
              row.getString("told"),
              id == null ? null : new Message(id, row.getString("body"), row.getString("ticket")));
        })
        .list();
  }

  @Override
  public void sending(String mark, Message message) {
    write(
        "UPDATE tare_ticket_outbox SET message = ?, body = ?, ticket = ? WHERE tracker = ? AND mark = ?",
        "INSERT INTO tare_ticket_outbox (message, body, ticket, tracker, mark) VALUES (?, ?, ?, ?, ?)",
        message.id(),
        message.body(),
        message.ticket(),
        tracker,
        mark);
  }

  @Override
  public void taken(String mark) {
    change(
        "UPDATE tare_ticket_outbox SET told = ticket, message = NULL, body = NULL, ticket = NULL"
            + " WHERE tracker = ? AND mark = ? AND message IS NOT NULL",
        tracker,
        mark);
  }

  @Override
  public void withdrawn(String mark) {
    alone.executeWithoutResult(status -> {
      jdbc.sql("DELETE FROM tare_ticket_outbox WHERE tracker = ? AND mark = ? AND told IS NULL")
          .params(tracker, mark)
          .update();
      jdbc.sql(
              "UPDATE tare_ticket_outbox SET message = NULL, body = NULL, ticket = NULL"
                  + " WHERE tracker = ? AND mark = ?")
          .params(tracker, mark)
          .update();
    });
  }

  private void write(String update, String insert, Object... parameters) {
    alone.executeWithoutResult(status -> {
      if (jdbc.sql(update).params(parameters).update() == 0) {
        jdbc.sql(insert).params(parameters).update();
      }
    });
  }

  private void change(String sql, Object... parameters) {
    alone.executeWithoutResult(status -> jdbc.sql(sql).params(parameters).update());
  }

  @Override
  public int closedSince(Instant since, Set<String> registries) {
    return registries.stream()
        .mapToInt(registry ->
            jdbc.sql(
                    "SELECT COUNT(*) FROM tare_ticket_closing WHERE tracker = ? AND registry = ? AND closed_at > ?")
                .params(tracker, registry, utc(since))
                .query(Integer.class)
                .single())
        .sum();
  }

  @Override
  public void closing(TicketKey key, String runId, Instant now) {
    // On its own: a process that dies after the ticket is written must not have closed it for
    // nothing.
    alone.executeWithoutResult(status ->
        jdbc.sql(
                "INSERT INTO tare_ticket_closing (tracker, registry, repository, line, run_id, closed_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .params(tracker, key.registry(), key.repository(), line(key), runId, utc(now))
            .update());
  }

  @Override
  public Map<TicketKey, Failed> failed() {
    Map<TicketKey, Failed> all = new HashMap<>();
    jdbc.sql(
            "SELECT registry, repository, line, judging, judged_at FROM tare_ticket_line WHERE tracker = ?")
        .param(tracker)
        .query((row, number) -> {
          String line = row.getString("line");
          return all.put(
              new TicketKey(
                  row.getString("registry"),
                  row.getString("repository"),
                  line.isEmpty() ? TagLine.UNTAGGED : new TagLine(line, true)),
              new Failed(
                  row.getString("judging"),
                  row.getObject("judged_at", OffsetDateTime.class).toInstant()));
        })
        .list();
    return all;
  }

  @Override
  public void failed(TicketKey key, Failed failed) {
    int known =
        jdbc.sql(
                "UPDATE tare_ticket_line SET judging = ?, judged_at = ?"
                    + " WHERE tracker = ? AND registry = ? AND repository = ? AND line = ?")
            .params(
                failed.judging(),
                utc(failed.at()),
                tracker,
                key.registry(),
                key.repository(),
                line(key))
            .update();
    if (known == 0) {
      jdbc.sql(
              "INSERT INTO tare_ticket_line (tracker, registry, repository, line, judging, judged_at)"
                  + " VALUES (?, ?, ?, ?, ?, ?)")
          .params(
              tracker,
              key.registry(),
              key.repository(),
              line(key),
              failed.judging(),
              utc(failed.at()))
          .update();
    }
  }

  private static String line(TicketKey key) {
    return key.line().tagged() ? key.line().text() : "";
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
