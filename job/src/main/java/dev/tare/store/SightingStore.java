package dev.tare.store;

import dev.tare.ticket.Sightings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What repositories and tags were there when they were last looked at, and what is gone since. That
 * a list leaves something out is never evidence: registries list for each account what it may read.
 *
 * <ul>
 *   <li>A tag is gone when the registry answers that there is none, while it still shows others of
 *       the repository, or its list.
 *   <li>A repository is gone when two runs, at least {@link #REPOSITORY_PATIENCE} apart, were told
 *       that there is none, and both could read something else of the registry.
 *   <li>What is found again is there again.
 * </ul>
 */
public final class SightingStore {
  /** How far apart two runs are that together say a repository is gone. */
  public static final Duration REPOSITORY_PATIENCE = Duration.ofHours(20);

  /** How long it is remembered that something is gone, for tickets that wait to be closed. */
  public static final Duration GONE_KEPT = Duration.ofDays(180);

  /** Tags that stand for lists of referrers and signatures come and go with what they belong to. */
  private static final Pattern OF_ANOTHER = Pattern.compile("sha(256|512)-[0-9a-f]{32,}.*");

  private final JdbcClient jdbc;

  /** Over this database. */
  public SightingStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The repositories of a registry that were there and are not known to be gone, sorted. */
  public List<String> repositories(String registry) {
    return jdbc.sql(
            "SELECT repository FROM tare_sighting WHERE registry = ? AND tag = '' AND gone_run IS NULL"
                + " ORDER BY repository")
        .param(registry)
        .query((row, number) -> row.getString(1))
        .list();
  }

  /** The tags of a repository that were there and are not known to be gone. */
  public Set<String> tags(String registry, String repository) {
    return new TreeSet<>(
        jdbc.sql(
                "SELECT tag FROM tare_sighting WHERE registry = ? AND repository = ? AND tag <> '' AND gone_run IS NULL")
            .params(registry, repository)
            .query((row, number) -> row.getString(1))
            .list());
  }

  /** Takes down what a listing found, and what it was told is not there. */
  void add(String runId, RepositoryListing listing) {
    Set<String> known = there(listing);
    if (listing.found() && !known.contains("")) {
      there(listing, "");
    }
    listing.tags().keySet().stream()
        .filter(tag -> !known.contains(tag) && !OF_ANOTHER.matcher(tag).matches())
        .forEach(tag -> there(listing, tag));
    Instant absentAt = listing.absentAt();
    if (absentAt != null) {
      jdbc.sql(
              "INSERT INTO tare_absence (run_id, registry, repository, told_at) VALUES (?, ?, ?, ?)"
                  + " ON CONFLICT DO NOTHING")
          .params(runId, listing.registry(), listing.repository(), utc(absentAt))
          .update();
    }
    for (String tag : listing.gone()) {
      jdbc.sql(
              "UPDATE tare_sighting SET gone_run = ?, gone_at = (SELECT started_at FROM tare_run WHERE id = ?)"
                  + " WHERE registry = ? AND repository = ? AND tag = ? AND gone_run IS NULL")
          .params(runId, runId, listing.registry(), listing.repository(), tag)
          .update();
    }
  }

  /** The tags that were there, and nobody was told that they are not; empty: the repository. */
  private Set<String> there(RepositoryListing listing) {
    return new HashSet<>(
        jdbc.sql(
                "SELECT tag FROM tare_sighting WHERE registry = ? AND repository = ? AND gone_run"
                    + " IS NULL AND absent_run IS NULL")
            .params(listing.registry(), listing.repository())
            .query((row, number) -> row.getString(1))
            .list());
  }

  private void there(RepositoryListing listing, String tag) {
    jdbc.sql(
            "INSERT INTO tare_sighting (registry, repository, tag) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .params(listing.registry(), listing.repository(), tag)
        .update();
    jdbc.sql(
            "UPDATE tare_sighting SET absent_run = NULL, absent_at = NULL, gone_run = NULL, gone_at = NULL"
                + " WHERE registry = ? AND repository = ? AND tag = ?"
                + " AND (absent_run IS NOT NULL OR gone_run IS NOT NULL)")
        .params(listing.registry(), listing.repository(), tag)
        .update();
  }

  /**
   * Decides, when all is listed, which repositories are gone. A run that could read nothing of a
   * registry says nothing of any repository there.
   */
  public void settle(String runId) {
    List<Absence> absences =
        jdbc.sql(
                "SELECT a.registry, a.repository, a.told_at, s.absent_run, s.absent_at FROM tare_absence a"
                    + " JOIN tare_sighting s ON s.registry = a.registry AND s.repository = a.repository AND s.tag = ''"
                    + " WHERE a.run_id = ? AND s.gone_run IS NULL AND EXISTS"
                    + " (SELECT 1 FROM tare_run_tag r JOIN tare_tag t ON t.id = r.tag_id"
                    + " WHERE r.run_id = a.run_id AND t.registry = a.registry)")
            .param(runId)
            .query(Absence::of)
            .list();
    for (Absence absence : absences) {
      if (absence.firstRun() == null || absence.firstAt() == null) {
        jdbc.sql(
                "UPDATE tare_sighting SET absent_run = ?, absent_at = ?"
                    + " WHERE registry = ? AND repository = ? AND tag = ''")
            .params(runId, utc(absence.toldAt()), absence.registry(), absence.repository())
            .update();
      } else if (!absence.firstRun().equals(runId)
          && !absence.firstAt().plus(REPOSITORY_PATIENCE).isAfter(absence.toldAt())) {
        jdbc.sql(
                "UPDATE tare_sighting SET gone_run = ?, gone_at = ?"
                    + " WHERE registry = ? AND repository = ? AND tag = ''")
            .params(runId, utc(absence.toldAt()), absence.registry(), absence.repository())
            .update();
      }
    }
  }

  /** Forgets what has been gone for {@link #GONE_KEPT}. */
  public void forget(Instant now) {
    jdbc.sql("DELETE FROM tare_sighting WHERE gone_at < ?")
        .param(utc(now.minus(GONE_KEPT)))
        .update();
  }

  /** What counts as gone since this run: repositories and {@code repository:tag}, sorted. */
  List<String> goneSince(String runId) {
    return jdbc.sql(
            "SELECT registry, repository, tag FROM tare_sighting WHERE gone_run = ? ORDER BY registry, repository, tag")
        .param(runId)
        .query((row, number) -> {
          String name = row.getString("registry") + "/" + row.getString("repository");
          String tag = row.getString("tag");
          return tag.isEmpty() ? name : name + ":" + tag;
        })
        .list();
  }

  /** What a scan can say of the places where images were. */
  public Sightings of(String runId) {
    return new Sightings() {
      @Override
      public Sighting of(String registry, String repository, @Nullable String tag) {
        if (isGone(registry, repository, "")
            || (tag != null && isGone(registry, repository, tag))) {
          return Sighting.GONE;
        }
        return tag != null && isRead(runId, registry, repository, tag)
            ? Sighting.READ
            : Sighting.UNKNOWN;
      }

      @Override
      public boolean knowsAll(String registry, String repository) {
        return isGone(registry, repository, "")
            || tags(registry, repository).stream()
                .allMatch(tag -> isRead(runId, registry, repository, tag));
      }
    };
  }

  private boolean isGone(String registry, String repository, String tag) {
    return is(
        "tare_sighting WHERE registry = ? AND repository = ? AND tag = ? AND gone_run IS NOT NULL",
        registry,
        repository,
        tag);
  }

  private boolean isRead(String runId, String registry, String repository, String tag) {
    return is(
        "tare_run_tag r JOIN tare_tag t ON t.id = r.tag_id WHERE run_id = ? AND registry = ? AND repository = ? AND tag = ? AND every_platform",
        runId,
        registry,
        repository,
        tag);
  }

  private boolean is(String rows, Object... parameters) {
    return jdbc.sql("SELECT COUNT(*) FROM " + rows).params(parameters).query(Integer.class).single()
        > 0;
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  /** A repository that a run was told is not there, and the first run that was. */
  private record Absence(
      String registry,
      String repository,
      Instant toldAt,
      @Nullable String firstRun,
      @Nullable Instant firstAt) {
    static Absence of(ResultSet row, int number) throws SQLException {
      OffsetDateTime first = row.getObject("absent_at", OffsetDateTime.class);
      return new Absence(
          row.getString("registry"),
          row.getString("repository"),
          row.getObject("told_at", OffsetDateTime.class).toInstant(),
          row.getString("absent_run"),
          first == null ? null : first.toInstant());
    }
  }
}
