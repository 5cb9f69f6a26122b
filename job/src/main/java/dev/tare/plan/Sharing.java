package dev.tare.plan;

import java.util.HashMap;
import java.util.Map;

/** Equal values once: images on one base have the same layers, read from documents of their own. */
final class Sharing {
  private final Map<Object, Object> values = new HashMap<>();

  /** The value that was seen first of those equal to this one. */
  @SuppressWarnings("unchecked") // Equal records are of one class.
  <T> T one(T value) {
    return (T) values.computeIfAbsent(value, same -> same);
  }
}
