package dev.tare.report.text;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Numbers each different value from 0 in the order of first use, so that what a thousand images
 * share is written once.
 */
public final class Interner<T> {
  private final Map<T, Integer> numbers = new LinkedHashMap<>();

  /** The number of this value. */
  public int number(T value) {
    Integer next = numbers.size();
    Integer known = numbers.putIfAbsent(value, next);
    return known == null ? next : known;
  }

  /** The values; the position of each is its number. */
  public Set<T> values() {
    return numbers.keySet();
  }
}
