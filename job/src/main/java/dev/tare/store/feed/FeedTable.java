package dev.tare.store.feed;

import dev.tare.vulnerability.FeedInfo;
import dev.tare.vulnerability.FeedStore;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Feeds of advisories, a row each: the newest of its name. */
public final class FeedTable implements FeedStore {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;

  /** Over this database. */
  public FeedTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<FeedInfo> all() {
    return jdbc.sql("SELECT info FROM tare_feed ORDER BY name")
        .query((row, number) -> JSON.readValue(row.getString("info"), FeedInfo.class))
        .list();
  }

  @Override
  public Optional<byte[]> content(String name) {
    return jdbc.sql("SELECT content FROM tare_feed WHERE name = ?")
        .param(name)
        .query((row, number) -> row.getBytes("content"))
        .optional();
  }

  @Override
  public void keep(FeedInfo info, byte[] content) {
    int changed =
        jdbc.sql("UPDATE tare_feed SET info = ?, content = ? WHERE name = ?")
            .params(JSON.writeValueAsString(info), content, info.name())
            .update();
    if (changed == 0) {
      jdbc.sql("INSERT INTO tare_feed (name, info, content) VALUES (?, ?, ?)")
          .params(info.name(), JSON.writeValueAsString(info), content)
          .update();
    }
  }

  @Override
  public void checked(FeedInfo info) {
    jdbc.sql("UPDATE tare_feed SET info = ? WHERE name = ?")
        .params(JSON.writeValueAsString(info), info.name())
        .update();
  }
}
