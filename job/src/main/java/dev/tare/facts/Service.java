package dev.tare.facts;

import org.jspecify.annotations.Nullable;

/** A long-running daemon or a supervisor. Null is unknown. */
public record Service(@Nullable String name, @Nullable String path) {
  static Service of(Fields service) {
    return new Service(service.text("name"), service.text("path"));
  }
}
