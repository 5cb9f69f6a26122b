package dev.tare.facts;

import dev.tare.oci.Digest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which image, and what its manifest and config say. Null is unknown.
 *
 * @param created RFC 3339, as written; null also where the config does not say it
 * @param steps the commands of its history, root first, those without a layer included; an empty
 *     one where it is not known
 */
public record Image(
    @Nullable String registry,
    @Nullable String repository,
    List<String> tags,
    @Nullable Digest digest,
    @Nullable String os,
    @Nullable String architecture,
    @Nullable String variant,
    @Nullable String created,
    @Nullable Integer ageDays,
    Map<String, String> labels,
    Config config,
    List<String> steps) {
  /**
   * How a container of it runs.
   *
   * @param user null also where none is set
   * @param env the names of its variables
   * @param healthcheck null also where there is none
   */
  public record Config(
      @Nullable String user,
      List<String> entrypoint,
      List<String> cmd,
      List<String> exposedPorts,
      List<String> volumes,
      List<String> env,
      @Nullable List<String> healthcheck) {
    static Config of(Fields config) {
      return new Config(
          config.text("user"),
          config.texts("entrypoint"),
          config.texts("cmd"),
          config.texts("exposedPorts"),
          config.texts("volumes"),
          config.items("env", variable -> orEmpty(variable.text("name"))),
          config.textsOrNull("healthcheck"));
    }
  }

  static Image of(Fields image) {
    Fields platform = image.object("platform");
    return new Image(
        image.text("registry"),
        image.text("repository"),
        image.texts("tags"),
        image.digest("digest"),
        platform.text("os"),
        platform.text("architecture"),
        platform.text("variant"),
        image.text("created"),
        image.count("ageDays"),
        image.textMap("labels"),
        Config.of(image.object("config")),
        image.items("history", step -> orEmpty(step.text("createdBy"))));
  }

  /** {@code linux/arm/v7}; {@code ?} stands for what is not known. */
  public String platform() {
    return Objects.requireNonNullElse(os, "?")
        + "/"
        + Objects.requireNonNullElse(architecture, "?")
        + (variant == null ? "" : "/" + variant);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
