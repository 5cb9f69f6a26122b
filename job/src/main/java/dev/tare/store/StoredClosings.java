package dev.tare.store;

import dev.tare.finding.TagLine;
import dev.tare.ticket.ClosingLedger;
import dev.tare.ticket.TicketKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger of one tracker's tickets, in the state. */
public final class StoredClosings implements ClosingLedger {
  private final JdbcClient jdbc;
  private final TransactionTemplate alone;
  private final String tracker;

  /**
   * Over this database.
   *
   * @param tracker digest of where the tickets are
   */
  public StoredClosings(JdbcClient jdbc, PlatformTransactionManager transactions, String tracker) {
    this.jdbc = jdbc;
    this.alone = new TransactionTemplate(transactions);
    this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.tracker = tracker;
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
