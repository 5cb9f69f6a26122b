package dev.tare.cli.page;

import dev.tare.finding.RunResults;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The images of a run to show at the terminal.
 *
 * @param rows worst first
 * @param registry that all images of the run come from; null where there is more than one, or none
 */
record WorstRows(List<ImageRow> rows, @Nullable String registry) {
  /** The worst of a run, at most so many. */
  static WorstRows of(RunResults results, int most) {
    TreeSet<ImageRow> worst = new TreeSet<>(ImageRow.WORST_FIRST);
    Set<String> registries = new HashSet<>();
    results.forEachImage(image -> {
      registries.add(image.registry());
      worst.add(ImageRow.of(image));
      if (worst.size() > most) {
        worst.pollLast();
      }
    });
    return new WorstRows(
        new ArrayList<>(worst), registries.size() == 1 ? registries.iterator().next() : null);
  }

  /** What to call an image: without the registry where all of them have the same. */
  String name(ImageRow row) {
    String prefix = registry + "/";
    return registry != null && row.reference().startsWith(prefix)
        ? row.reference().substring(prefix.length())
        : row.reference();
  }
}
