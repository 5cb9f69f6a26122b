package dev.tare.finding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Known vulnerabilities of an image that is set beside others, each matched with the same feeds.
 *
 * @param known whether anything is; where not, there are no numbers
 * @param counts by severity, the worst first
 * @param fixable of those, what newer versions of all its packages fix
 * @param listsUnfixed whether its feeds list what nothing fixes yet, all of them; false where one
 *     lists only what is fixed, so that its known ones are fewer than another's; null where it is
 *     not known
 * @param why something is not known, a clause each
 */
public record MatchedVulnerabilities(
    boolean known,
    Map<String, Integer> counts,
    Map<String, Integer> fixable,
    @Nullable Boolean listsUnfixed,
    List<String> why) {
  /** Copies the collections, in their order. */
  public MatchedVulnerabilities {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    fixable = Collections.unmodifiableMap(new LinkedHashMap<>(fixable));
    why = List.copyOf(why);
  }
}
