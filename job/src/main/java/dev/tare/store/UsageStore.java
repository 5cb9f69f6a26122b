package dev.tare.store;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.Workload;
import dev.tare.oci.Digest;
import dev.tare.oci.Reference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Which workloads ran which images when a run looked. */
public final class UsageStore {
  private final JdbcClient jdbc;

  /** Over this database. */
  public UsageStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Records that a workload runs an image. */
  public void add(String runId, Reference image, Workload workload) {
    jdbc.sql(
            "INSERT INTO tare_usage (run_id, registry, repository, tag, digest, cluster, namespace, kind, name, container)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            runId,
            image.registry(),
            image.repository(),
            image.tag() == null ? "" : image.tag(),
            image.digest() == null ? "" : image.digest().toString(),
            workload.cluster(),
            workload.namespace(),
            workload.kind(),
            workload.name(),
            workload.container())
        .update();
  }

  /** The images that run, each once. */
  public List<Reference> images(String runId) {
    return jdbc.sql(
            "SELECT DISTINCT registry, repository, tag, digest FROM tare_usage WHERE run_id = ?"
                + " ORDER BY registry, repository, tag, digest")
        .param(runId)
        .query((row, number) -> reference(row))
        .list();
  }

  /** Gives a run that judges an earlier one again what that one found running. */
  void copy(String fromRun, String toRun) {
    jdbc.sql(
            "INSERT INTO tare_usage (run_id, registry, repository, tag, digest, cluster, namespace, kind, name, container)"
                + " SELECT CAST(? AS VARCHAR(64)), registry, repository, tag, digest, cluster, namespace, kind, name,"
                + " container FROM tare_usage WHERE run_id = ?")
        .params(toRun, fromRun)
        .update();
  }

  /** Whether a run found anything running. */
  boolean isAny(String runId) {
    return jdbc.sql("SELECT COUNT(*) FROM tare_usage WHERE run_id = ?")
            .param(runId)
            .query(Integer.class)
            .single()
        > 0;
  }

  /**
   * What runs an image: by its digest or that of its index; where the cluster knew no digest, by
   * its tag.
   */
  List<Workload> of(String runId, JudgedImage image) {
    List<String> digests = new ArrayList<>();
    digests.add(image.digest());
    JsonNode index = image.facts().path("image").path("indexDigest");
    if (index.isString()) {
      digests.add(index.stringValue());
    }
    return jdbc.sql(
            "SELECT DISTINCT cluster, namespace, kind, name, container FROM tare_usage WHERE run_id = :run"
                + " AND registry = :registry AND repository = :repository"
                + " AND (digest IN (:digests)"
                + (image.tags().isEmpty() ? ")" : " OR (digest = '' AND tag IN (:tags)))"))
        .param("run", runId)
        .param("registry", image.registry())
        .param("repository", image.repository())
        .param("digests", digests)
        .param("tags", image.tags())
        .query((row, number) ->
            new Workload(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5)))
        .list();
  }

  private static Reference reference(ResultSet row) throws SQLException {
    String tag = row.getString("tag");
    String digest = row.getString("digest");
    return new Reference(
        row.getString("registry"),
        row.getString("repository"),
        tag.isEmpty() ? null : tag,
        digest.isEmpty() ? null : Digest.parse(digest));
  }
}
