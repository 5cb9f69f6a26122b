package dev.tare.oci;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The config of an image: how a container of it runs, its layers' diff IDs and its history.
 *
 * @param platform null where the config does not name one
 * @param created null where it is missing, not RFC 3339, or the zero of Go ({@code
 *     0001-01-01T00:00:00Z}), which is how umoci and others leave it out
 * @param user as written, null where none is set
 * @param env entries {@code NAME=value}, in their order
 * @param exposedPorts as written, {@code 8080/tcp}
 * @param stopSignal null where none is set
 * @param diffIds of the uncompressed layers, root layer first
 * @param history root first; entries with {@code emptyLayer} have no layer
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md">Image
 *     configuration</a>
 */
public record ImageConfig(
    @Nullable Platform platform,
    @Nullable Instant created,
    @Nullable String user,
    List<String> env,
    List<String> entrypoint,
    List<String> cmd,
    List<String> exposedPorts,
    List<String> volumes,
    @Nullable String workingDir,
    @Nullable String stopSignal,
    @Nullable List<String> healthcheck,
    List<String> shell,
    Map<String, String> labels,
    List<Digest> diffIds,
    List<HistoryEntry> history) {

  /** Of an image without layers, of which nothing is said. */
  public static final ImageConfig EMPTY =
      new ImageConfig(
          null, null, null, List.of(), List.of(), List.of(), List.of(), List.of(), null, null, null,
          List.of(), Map.of(), List.of(), List.of());

  /** Real images have a few dozen. */
  private static final int MAX_STEPS = 5_000;

  /** One build step. */
  public record HistoryEntry(
      @Nullable Instant created, @Nullable String createdBy, boolean emptyLayer) {}

  /** Copies the collections. */
  public ImageConfig {
    env = List.copyOf(env);
    entrypoint = List.copyOf(entrypoint);
    cmd = List.copyOf(cmd);
    exposedPorts = List.copyOf(exposedPorts);
    volumes = List.copyOf(volumes);
    healthcheck = healthcheck == null ? null : List.copyOf(healthcheck);
    shell = List.copyOf(shell);
    labels = Map.copyOf(labels);
    diffIds = List.copyOf(diffIds);
    history = List.copyOf(history);
  }

  /** Parses a Docker or OCI image config; throws BAD_CONTENT where it is not one. */
  public static ImageConfig parse(byte[] content) {
    JsonNode root = OciJson.object("config", content);
    JsonNode config = root.path("config");
    OciJson.requireAtMost(MAX_STEPS, "config: history", root.path("history"));
    JsonNode health = config.path("Healthcheck");
    return new ImageConfig(
        OciJson.platform(root),
        instant(OciJson.text(root, "created")),
        OciJson.text(config, "User"),
        OciJson.texts(config, "Env"),
        OciJson.texts(config, "Entrypoint"),
        OciJson.texts(config, "Cmd"),
        OciJson.keys(config, "ExposedPorts"),
        OciJson.keys(config, "Volumes"),
        OciJson.text(config, "WorkingDir"),
        OciJson.text(config, "StopSignal"),
        health.isObject() ? OciJson.texts(health, "Test") : null,
        OciJson.texts(config, "Shell"),
        OciJson.textMap(config, "Labels"),
        OciJson.texts(root.path("rootfs"), "diff_ids").stream().map(Digest::parse).toList(),
        history(root.path("history")));
  }

  private static List<HistoryEntry> history(JsonNode array) {
    List<HistoryEntry> entries = new ArrayList<>();
    for (JsonNode node : array) {
      JsonNode empty = node.get("empty_layer");
      entries.add(
          new HistoryEntry(
              instant(OciJson.text(node, "created")),
              OciJson.text(node, "created_by"),
              empty != null && empty.isBoolean() && empty.booleanValue()));
    }
    return entries;
  }

  private static @Nullable Instant instant(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return time.getYear() <= 1 ? null : time.toInstant();
    } catch (DateTimeException e) {
      return null; // A build tool wrote a time that is none; facts list it as missing.
    }
  }
}
