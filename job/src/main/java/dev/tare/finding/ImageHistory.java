package dev.tare.finding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What earlier runs said of the images that now have the same name and platform. Found out when it
 * is asked for: few formats tell it. Safe for concurrent use.
 */
public final class ImageHistory {
  /** Of a run without a past. */
  public static final ImageHistory NONE = new ImageHistory(List::of);

  private record Name(String reference, String platform) {}

  private final Supplier<List<ImageSummary>> past;
  private @Nullable Map<Name, List<ImageSummary>> images;

  /**
   * All that is known.
   *
   * @param past in the order in which it is told; asked for at most once
   */
  public ImageHistory(Supplier<List<ImageSummary>> past) {
    this.past = past;
  }

  /** What was said of the image of this name, in the order given. */
  public List<ImageSummary> of(JudgedImage image) {
    return List.copyOf(
        byName().getOrDefault(new Name(image.reference(), image.platform()), List.of()));
  }

  private synchronized Map<Name, List<ImageSummary>> byName() {
    Map<Name, List<ImageSummary>> known = images;
    if (known == null) {
      known = new HashMap<>();
      for (ImageSummary one : past.get()) {
        known
            .computeIfAbsent(new Name(one.reference(), one.platform()), name -> new ArrayList<>())
            .add(one);
      }
      images = known;
    }
    return known;
  }
}
