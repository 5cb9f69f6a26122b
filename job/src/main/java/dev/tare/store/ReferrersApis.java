package dev.tare.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Repositories whose registry answered that it has no API for referrers: it is not asked for each
 * of them in each run. After {@link #REMEMBERED} it is asked again. The tags that stand for
 * referrers are looked at in each run.
 */
public final class ReferrersApis {
  /** After that a registry that has the API now is noticed. */
  public static final Duration REMEMBERED = Duration.ofDays(3);

  private final JdbcClient jdbc;
  private final InstantSource clock;

  /** Over this database. */
  public ReferrersApis(JdbcClient jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Whether it was said not long ago that there is none. */
  public boolean isMissing(String registry, String repository) {
    Instant now = clock.instant();
    return jdbc.sql(
                "SELECT COUNT(*) FROM tare_sighting WHERE registry = ? AND repository = ? AND tag = ''"
                    + " AND no_referrers_at > ? AND no_referrers_at <= ?")
            .params(
                registry,
                repository,
                now.minus(REMEMBERED).atOffset(ZoneOffset.UTC),
                now.atOffset(ZoneOffset.UTC))
            .query(Integer.class)
            .single()
        > 0;
  }

  /** Remembers that there is none now, of a repository that was found. */
  public void missing(String registry, String repository) {
    jdbc.sql(
            "UPDATE tare_sighting SET no_referrers_at = ? WHERE registry = ? AND repository = ? AND tag = ''"
                + " AND (no_referrers_at IS NULL OR no_referrers_at < ?)")
        .params(
            clock.instant().atOffset(ZoneOffset.UTC),
            registry,
            repository,
            clock.instant().minus(REMEMBERED).atOffset(ZoneOffset.UTC))
        .update();
  }
}
