package dev.tare.inspect.move;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a step would have made of a list in another base, told by what it made of that list in the
 * one it ran on: the packages of a database, the accounts of {@code etc/passwd}.
 *
 * <pre>
 * base     own layer     other base     result
 * a 1      a 1           a 2            a 2      the base's business
 * –        b 1           –              b 1      added
 * c 1      c 2           c 1            c 2      changed
 * d 1      d 2           d 3            d 3      in question: the step would have found another one
 * e 1      –             e 2            –        removed
 * </pre>
 */
public final class ListMerge {
  private final List<Entry> entries = new ArrayList<>();
  private final List<Entry> added = new ArrayList<>();
  private final List<Entry> removed = new ArrayList<>();
  private final List<Entry> inQuestion = new ArrayList<>();

  private ListMerge() {}

  /**
   * One element.
   *
   * @param key what it is, whatever its version; empty for one that is kept as it is
   * @param identity equal for equal elements
   * @param text as the list has it
   */
  public record Entry(String key, String identity, String text) {}

  /** Merges the lists. */
  public static ListMerge of(List<Entry> base, List<Entry> own, List<Entry> other) {
    ListMerge merge = new ListMerge();
    Map<String, List<Entry>> before = byKey(base);
    Map<String, List<Entry>> after = byKey(own);
    Map<String, List<Entry>> there = byKey(other);
    Set<String> keys = new LinkedHashSet<>(there.keySet());
    keys.addAll(after.keySet());
    keys.addAll(before.keySet());
    for (String key : keys) {
      merge.enter(
          before.getOrDefault(key, List.of()),
          after.getOrDefault(key, List.of()),
          there.getOrDefault(key, List.of()));
    }
    return merge;
  }

  private static Map<String, List<Entry>> byKey(List<Entry> entries) {
    Map<String, List<Entry>> byKey = new LinkedHashMap<>();
    for (Entry entry : entries) {
      String key = entry.key().isEmpty() ? "\0" + entry.identity() : entry.key();
      byKey.computeIfAbsent(key, none -> new ArrayList<>(1)).add(entry);
    }
    return byKey;
  }

  private void enter(List<Entry> before, List<Entry> after, List<Entry> there) {
    Set<String> old = identities(before);
    Set<String> own = identities(after);
    Set<String> other = identities(there);
    if (own.equals(old)) {
      entries.addAll(there);
    } else if (after.isEmpty()) {
      removed.addAll(before);
    } else if (there.isEmpty() || other.equals(old)) {
      entries.addAll(after);
      after.stream().filter(entry -> !old.contains(entry.identity())).forEach(added::add);
    } else {
      entries.addAll(there);
      if (!own.equals(other)) {
        inQuestion.addAll(after);
      }
    }
  }

  private static Set<String> identities(List<Entry> entries) {
    return entries.stream().map(Entry::identity).collect(Collectors.toSet());
  }

  /** The list as it would be: what the other base has first. */
  public List<Entry> entries() {
    return entries;
  }

  /** What the step adds, or has in another version than the base that it ran on. */
  public List<Entry> added() {
    return added;
  }

  /** What the step removes of the base that it ran on. */
  public List<Entry> removed() {
    return removed;
  }

  /**
   * What the step added or changed and the other base has in a version of its own, which stands in
   * the result: as the own layer has it.
   */
  public List<Entry> inQuestion() {
    return inQuestion;
  }
}
