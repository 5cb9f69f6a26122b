package dev.tare.batch.compare;

import dev.tare.oci.Platform;
import dev.tare.rebase.Stack;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An image by platform.
 *
 * @param name as it was asked for
 * @param any of every platform; null but for {@code scratch}
 */
public record Stacks(String name, Map<String, Stack> byPlatform, @Nullable Stack any) {
  public Stacks {
    byPlatform = new TreeMap<>(byPlatform);
  }

  /** For a platform, however the two are written. */
  public @Nullable Stack of(String platform) {
    Stack same = any == null ? byPlatform.get(platform) : any;
    if (same != null) {
      return same;
    }
    Platform wanted = Platform.parse(platform);
    for (Map.Entry<String, Stack> entry : byPlatform.entrySet()) {
      Platform there = Platform.parse(entry.getKey());
      if (wanted.accepts(there) || there.accepts(wanted)) {
        return entry.getValue();
      }
    }
    return null;
  }

  /** Whether it is for a platform of this other one. */
  public boolean hasAnyOf(Stacks other) {
    return other.byPlatform.keySet().stream().anyMatch(platform -> of(platform) != null);
  }

  /** For people. */
  public String platforms() {
    return String.join(", ", byPlatform.keySet());
  }
}
