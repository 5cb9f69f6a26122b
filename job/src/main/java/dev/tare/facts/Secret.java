package dev.tare.facts;

import org.jspecify.annotations.Nullable;

/**
 * Where a secret seems to be; never its value. Null is unknown.
 *
 * @param path of the file, or the name of the variable
 * @param hidden whether a later layer deleted it
 */
public record Secret(
    @Nullable String kind,
    @Nullable String path,
    @Nullable Integer layer,
    @Nullable Boolean hidden) {
  static Secret of(Fields secret) {
    return new Secret(
        secret.text("kind"), secret.text("path"), secret.count("layer"), secret.flag("hidden"));
  }
}
