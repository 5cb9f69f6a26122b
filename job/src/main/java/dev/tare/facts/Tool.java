package dev.tare.facts;

import org.jspecify.annotations.Nullable;

/** An executable that is on the list of tools. Null is unknown. */
public record Tool(
    @Nullable String name,
    @Nullable String category,
    @Nullable String path,
    @Nullable Integer layer) {
  static Tool of(Fields tool) {
    return new Tool(
        tool.text("name"), tool.text("category"), tool.text("path"), tool.count("layer"));
  }
}
