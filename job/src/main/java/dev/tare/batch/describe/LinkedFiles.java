package dev.tare.batch.describe;

import dev.tare.inspect.LinkedFile;
import dev.tare.layer.ContentInterest;
import dev.tare.layer.LayerFacts;
import dev.tare.layer.LayerFacts.LayerGap;
import dev.tare.layer.LayerFacts.Recognised;
import dev.tare.store.LayerStore;
import java.util.HashMap;
import java.util.Map;

/**
 * What one layer is read for once more.
 *
 * @param layer where it can be fetched
 * @param files by the path under which the layer has them
 */
public record LinkedFiles(LayerStore.Pending layer, Map<String, LinkedFile> files) {
  /** Wants these files as what links make of them, and nothing else. */
  public ContentInterest interest(ContentInterest all) {
    return (path, sizeBytes, mode) -> {
      LinkedFile file = files.get(path);
      return file == null ? null : all.wants(file.name(), sizeBytes, mode);
    };
  }

  /** What was read of them, or why not. */
  public Map<String, Recognised> read(LayerFacts again) {
    Map<String, String> reasons = new HashMap<>();
    for (LayerGap gap : again.gaps()) {
      reasons.putIfAbsent(gap.path(), gap.reason());
    }
    Map<String, Recognised> read = new HashMap<>();
    files.forEach((path, file) -> {
      byte[] kept = again.kept().get(path);
      String reason = reasons.get(path);
      if (kept == null && reason != null) {
        read.put(path, Recognised.unreadable(reason));
      } else {
        read.put(path, new Recognised(file.form(), kept == null ? new byte[0] : kept));
      }
    });
    return read;
  }
}
