package dev.tare.policy;

import dev.tare.testing.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The examples beside the rules: facts documents, named for the outcome they have. */
final class Examples {
  private Examples() {}

  static Path policies() {
    return TestImages.repository().resolve("policies");
  }

  /** All of them, sorted. */
  static List<Path> all() {
    try (Stream<Path> files = Files.walk(policies().resolve("tare/rules"))) {
      return files
          .filter(FileSystems.getDefault().getPathMatcher("glob:**/examples/*.json")::matches)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode read(Path file) {
    return JsonMapper.shared().readTree(file);
  }

  /** Facts of an image that breaks no rule of the profile prod. */
  static JsonNode clean() {
    return read(
        policies().resolve("tare/rules/layer/too_many_layers/examples/pass-two-layers.json"));
  }

  /** This directory, made where it is missing. */
  static Path directory(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
