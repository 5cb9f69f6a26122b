package dev.tare.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that raises privileges. Null is unknown.
 *
 * @param mode octal, {@code 4755}
 */
public record Privileged(
    @Nullable String path,
    @Nullable String mode,
    List<String> capabilities,
    @Nullable Integer layer,
    @Nullable Boolean inBase) {
  static Privileged of(Fields file) {
    return new Privileged(
        file.text("path"),
        file.text("mode"),
        file.texts("capabilities"),
        file.count("layer"),
        file.flag("inBase"));
  }
}
