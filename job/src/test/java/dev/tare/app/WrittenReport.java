package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A report.json that a run has left behind. */
record WrittenReport(JsonNode root) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Reads {@code report.json} of an output directory, which is valid against its schema. */
  static WrittenReport in(Path output) {
    try (InputStream schema =
        WrittenReport.class.getResourceAsStream("/tare/schemas/report.schema.json")) {
      String text = Files.readString(output.resolve("report.json"));
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(
                      new String(schema.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON)
                  .validate(text, InputFormat.JSON))
          .isEmpty();
      return new WrittenReport(MAPPER.readTree(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode summary() {
    return root.path("summary");
  }

  JsonNode images() {
    return root.path("images");
  }

  JsonNode notInspected() {
    return root.path("notInspected");
  }

  /** {@code repository:tag platform digest} of every image. */
  Set<String> imageNames() {
    Set<String> names = new TreeSet<>();
    for (JsonNode image : images()) {
      for (JsonNode tag : image.path("tags")) {
        names.add(
            image.path("repository").stringValue()
                + ":"
                + tag.stringValue()
                + " "
                + image.path("platform").stringValue()
                + " "
                + image.path("digest").stringValue());
      }
    }
    return names;
  }

  /** The facts of the only image of this name. */
  JsonNode facts(String repositoryAndTag) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode image : images()) {
      String tag = image.path("tags").path(0).asString("");
      if (repositoryAndTag.equals(image.path("repository").stringValue() + ":" + tag)) {
        found.add(image.path("facts"));
      }
    }
    assertThat(found).as("images called %s", repositoryAndTag).hasSize(1);
    return found.getFirst();
  }

  /** What changed since the run before. */
  JsonNode since() {
    return root.path("since");
  }

  /**
   * All that two runs of the same kind over the same registry have in common: not when they were.
   */
  JsonNode withoutTimes() {
    JsonNode copy = root.deepCopy();
    ObjectNode run = (ObjectNode) copy.path("run");
    run.remove("id");
    run.remove("startedAt");
    run.remove("finishedAt");
    for (JsonNode ticket : copy.path("tickets").path("items")) {
      ((ObjectNode) ticket).remove(List.of("openedAt", "updatedAt"));
    }
    for (JsonNode image : copy.path("images")) {
      ((ObjectNode) image.path("facts")).remove("evaluatedAt");
    }
    return copy;
  }

  /** The same without what a run before it makes another: what is new, fetched, written. */
  JsonNode withoutTimesAndEarlierRun() {
    JsonNode copy = withoutTimes();
    ((ObjectNode) copy).remove("since");
    for (JsonNode image : copy.path("images")) {
      image.path("outcomes").forEach(outcome -> ((ObjectNode) outcome).remove("change"));
    }
    ObjectNode summary = (ObjectNode) copy.path("summary");
    summary.remove("layersFetched");
    summary.remove("bytesFetched");
    for (JsonNode ticket : copy.path("tickets").path("items")) {
      ((ObjectNode) ticket).remove(List.of("change", "note"));
    }
    return copy;
  }
}
