package dev.tare.layer;

import dev.tare.layer.LayerFacts.GapKind;
import dev.tare.layer.LayerFacts.LayerGap;
import dev.tare.layer.index.IndexBuilder;
import dev.tare.oci.Descriptor;
import java.util.List;
import java.util.Map;

/** What is known of a layer that is not distributed with its image: nothing but its descriptor. */
public final class AbsentLayer {
  /** The compression of a layer that nobody has seen. */
  static final String UNKNOWN = "unknown";

  private AbsentLayer() {}

  /** Facts without entries, and the gap that says so. */
  public static LayerFacts of(Descriptor layer) {
    return new LayerFacts(
        layer.digest(),
        null,
        layer.sizeBytes(),
        0,
        0,
        UNKNOWN,
        new IndexBuilder().build(),
        Map.of(),
        Map.of(),
        List.of(new LayerGap(GapKind.REMARK, "", reason(layer))),
        LayerReaders.NOBODY);
  }

  /** Whether these are facts of a layer that is not there. */
  public static boolean isOne(LayerFacts layer) {
    return layer.compression().equals(UNKNOWN);
  }

  /** Why it is not there. */
  public static String reason(Descriptor layer) {
    return "not distributed with the image (media type " + layer.mediaType() + ")";
  }
}
