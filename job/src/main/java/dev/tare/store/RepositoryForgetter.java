package dev.tare.store;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Removes a repository from all runs. */
public final class RepositoryForgetter {
  /** Tables that name it in columns of their own. */
  private static final List<String> PLACES =
      List.of("tare_repository", "tare_attached", "tare_absence", "tare_sighting", "tare_usage");

  private static final String NAME = "registry || '/' || repository";
  private static final String LISTED = "(SELECT id FROM tare_listed WHERE " + NAME + " = ?)";
  private static final String TAGS = "(SELECT id FROM tare_tag WHERE " + NAME + " = ?)";

  /**
   * What is known of a repository.
   *
   * @param images different ones, as they were listed
   * @param tags different names and digests
   * @param runs that listed it
   */
  public record Known(int images, int tags, int runs) {}

  private final JdbcClient jdbc;

  /** Over this database. */
  public RepositoryForgetter(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The repositories that anything is known of: registry and repository, sorted. */
  public List<String> known() {
    return jdbc.sql(
            "SELECT "
                + NAME
                + " AS name FROM tare_listed UNION SELECT "
                + NAME
                + " FROM tare_sighting UNION SELECT "
                + NAME
                + " FROM tare_repository ORDER BY name")
        .query((row, number) -> row.getString(1))
        .list();
  }

  /** The runs that listed it. */
  public List<String> runs(String repository) {
    return jdbc.sql("SELECT run_id FROM tare_repository WHERE " + NAME + " = ?")
        .param(repository)
        .query((row, number) -> row.getString(1))
        .list();
  }

  /** What is known of a repository. */
  public Known of(String repository) {
    return new Known(
        count("tare_listed", repository),
        count("tare_tag", repository),
        count("tare_repository", repository));
  }

  private int count(String table, String repository) {
    return jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE " + NAME + " = ?")
        .param(repository)
        .query((row, number) -> row.getInt(1))
        .single();
  }

  /**
   * Removes it; manifests that other repositories have too stay. What was read of its layers goes
   * with the next sweep, as far as no other image has them.
   */
  public void forget(String repository) {
    for (String column : List.of("digest", "config_digest", "index_digest")) {
      delete(
          "tare_document WHERE digest IN (SELECT "
              + column
              + " FROM tare_listed WHERE "
              + NAME
              + " = ?) AND digest NOT IN (SELECT "
              + column
              + " FROM tare_listed WHERE "
              + NAME
              + " <> ? AND "
              + column
              + " IS NOT NULL)",
          repository,
          repository);
    }
    delete("tare_image WHERE listed_id IN " + LISTED, repository);
    delete("tare_listed_layer WHERE listed_id IN " + LISTED, repository);
    delete("tare_prediction WHERE listed_id IN " + LISTED, repository);
    delete("tare_run_tag WHERE tag_id IN " + TAGS, repository);
    delete("tare_listed WHERE " + NAME + " = ?", repository);
    delete("tare_tag WHERE " + NAME + " = ?", repository);
    PLACES.forEach(table -> delete(table + " WHERE " + NAME + " = ?", repository));
    int length = repository.length();
    delete(
        "tare_not_inspected WHERE reference = ? OR SUBSTRING(reference FROM 1 FOR "
            + (length + 1)
            + ") IN (?, ?)",
        repository,
        repository + ":",
        repository + "@");
  }

  private void delete(String rows, Object... parameters) {
    jdbc.sql("DELETE FROM " + rows).params(parameters).update();
  }
}
