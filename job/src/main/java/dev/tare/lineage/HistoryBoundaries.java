package dev.tare.lineage;

import dev.tare.oci.ImageConfig.HistoryEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where ancestors most likely ended in a history: at each CMD that is not the image's own, that is,
 * after which a layer still follows. The classic builder and BuildKit write it differently:
 *
 * <pre>
 * /bin/sh -c #(nop)  CMD ["bash"]
 * CMD ["bash"]
 * </pre>
 */
final class HistoryBoundaries {
  private static final Pattern CMD = Pattern.compile("(/bin/sh -c )?(#\\(nop\\)\\s+)?CMD[ \\[].*");

  private HistoryBoundaries() {}

  static List<Integer> of(List<HistoryEntry> history) {
    List<Integer> boundaries = new ArrayList<>();
    int lastLayer = -1;
    for (int i = 0; i < history.size(); i++) {
      lastLayer = history.get(i).emptyLayer() ? lastLayer : i;
    }
    for (int i = 0; i < lastLayer; i++) {
      HistoryEntry entry = history.get(i);
      if (entry.emptyLayer() && isCmd(entry.createdBy())) {
        boundaries.add(i);
      }
    }
    return boundaries;
  }

  private static boolean isCmd(@Nullable String createdBy) {
    return createdBy != null && CMD.matcher(createdBy.lines().findFirst().orElse("")).matches();
  }
}
