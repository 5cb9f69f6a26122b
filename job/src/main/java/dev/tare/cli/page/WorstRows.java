package dev.tare.cli.page;

import dev.tare.finding.ImageSummary;
import dev.tare.finding.RunResults;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    TreeSet<ImageSummary> worst = new TreeSet<>(ImageSummary.WORST_FIRST);
    Set<String> registries = new HashSet<>();
    results.forEachSummary(image -> {
      registries.add(image.registry());
      worst.add(image);
      if (worst.size() > most) {
        worst.pollLast();
      }
    });
    Map<ImageSummary, ImageRow> rows = new TreeMap<>(ImageSummary.WORST_FIRST);
    results.forEachImageOf(
        worst.stream().map(ImageSummary::digest).toList(),
        image ->
            worst.stream()
                .filter(one -> one.isOf(image))
                .forEach(one -> rows.put(one, ImageRow.of(image))));
    return new WorstRows(
        List.copyOf(rows.values()), registries.size() == 1 ? registries.iterator().next() : null);
  }

  /** What to call an image: without the registry where all of them have the same. */
  String name(ImageRow row) {
    String prefix = registry + "/";
    return registry != null && row.reference().startsWith(prefix)
        ? row.reference().substring(prefix.length())
        : row.reference();
  }
}
