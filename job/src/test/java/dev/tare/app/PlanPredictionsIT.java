package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.demo.LoopbackRegistry;
import dev.tare.demo.SampleImages;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a scan finds out of images on smaller bases. */
class PlanPredictionsIT {
  @TempDir Path directory;

  @Test
  void whatImagesWouldBeOnASmallerBaseIsFoundOutOnceAndSaid() throws Exception {
    try (LoopbackRegistry registry = LoopbackRegistry.inMemory()) {
      SampleImages.of(registry.host(), InstantSource.system()).push();
      foundOut(registry.host());
    }
  }

  private void foundOut(String host) throws SQLException {
    String[] again = {"scan", host, "-o", directory.resolve("out").toString(), "--no-progress"};
    assertThat(tare(again).status()).isEqualTo(1);
    JsonNode proposal = debian(tare("plan", "--format", "json"));
    assertThat(proposal.path("reference").asString()).endsWith("/base/distroless:12");
    JsonNode prediction = proposal.path("prediction");
    assertThat(prediction.path("images").asInt()).isEqualTo(2);
    assertThat(prediction.path("rebuildNeeded").asInt()).isEqualTo(2);
    assertThat(prediction.path("ends").path("high").asInt()).isEqualTo(6);
    assertThat(prediction.path("adds").path("high").asInt()).isZero();
    assertThat(prediction.path("bytesLess").asLong()).isPositive();
    assertThat(prediction.path("vulnerabilities").isNull()).isTrue();
    assertThat(tare("plan").out())
        .contains("2 images have to be rebuilt to be known", "against it: Own layers changed");

    // What is stored is taken as it is; what cannot be found out is a line.
    assertThat(update("UPDATE tare_prediction SET content = REPLACE(content, 'Own', 'OWN')"))
        .isPositive();
    assertThat(tare(again).status()).isEqualTo(1);
    assertThat(debian(tare("plan", "--format", "json")).at("/prediction/against").toString())
        .contains("OWN layers");
    update("DELETE FROM tare_prediction");
    update(
        "DELETE FROM tare_layer_facts WHERE digest IN (SELECT l.digest FROM tare_listed_layer l"
            + " JOIN tare_listed n ON n.id = l.listed_id WHERE repository = 'base/distroless')");
    again[1] = host + "/team/batch";
    assertThat(tare(again).status()).isEqualTo(1);
    JsonNode failed = debian(tare("plan", "--format", "json")).path("prediction");
    assertThat(failed.path("images").asInt()).isZero();
    assertThat(failed.path("notPredicted").asInt()).isEqualTo(1);
    assertThat(failed.path("against").isEmpty()).isTrue();
    assertThat(failed.path("reasons").toString()).contains("was not read");
    assertThat(tare("plan").out()).contains("not predicted of some: ");
  }

  private static JsonNode debian(CommandLineRun plan) {
    return JsonMapper.shared()
        .readTree(plan.out())
        .path("actions")
        .valueStream()
        .filter(action -> action.path("title").asString().endsWith("/base/debian:12"))
        .filter(action -> action.path("kind").asString().equals("base"))
        .findFirst()
        .orElseThrow()
        .path("proposal");
  }

  private int update(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:h2:file:"
                    + directory.resolve("state").resolve("tare")
                    + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE");
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private CommandLineRun tare(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state", directory.resolve("state").toString()));
    return CommandLineRun.of(all.toArray(String[]::new));
  }
}
