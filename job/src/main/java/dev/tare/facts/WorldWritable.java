package dev.tare.facts;

import org.jspecify.annotations.Nullable;

/**
 * What everybody may write. Null is unknown.
 *
 * @param mode octal, {@code 0666}
 */
public record WorldWritable(@Nullable String path, @Nullable String mode) {
  static WorldWritable of(Fields file) {
    return new WorldWritable(file.text("path"), file.text("mode"));
  }
}
