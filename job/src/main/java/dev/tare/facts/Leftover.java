package dev.tare.facts;

import org.jspecify.annotations.Nullable;

/**
 * What a build left behind, by place. Null is unknown.
 *
 * @param bytes in the merged file system
 * @param hiddenBytes shipped, then deleted by a later layer
 */
public record Leftover(
    @Nullable String kind,
    @Nullable String path,
    @Nullable Long bytes,
    @Nullable Long files,
    @Nullable Long hiddenBytes) {
  static Leftover of(Fields leftover) {
    return new Leftover(
        leftover.text("kind"),
        leftover.text("path"),
        leftover.number("bytes"),
        leftover.number("files"),
        leftover.number("hiddenBytes"));
  }
}
