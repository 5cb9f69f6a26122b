package dev.tare.facts;

import org.jspecify.annotations.Nullable;

/** Data inside an image: a database, a log, a socket. Null is unknown. */
public record StateFile(@Nullable String kind, @Nullable String path, @Nullable Long bytes) {
  static StateFile of(Fields file) {
    return new StateFile(file.text("kind"), file.text("path"), file.number("bytes"));
  }
}
