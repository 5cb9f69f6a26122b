package dev.tare.finding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What earlier runs said of the images that now have the same name and platform. */
public final class ImageHistory {
  /** Of a run without a past. */
  public static final ImageHistory NONE = new ImageHistory(List.of());

  private record Name(String reference, String platform) {}

  private final Map<Name, List<PastImage>> images = new HashMap<>();

  /**
   * All that is known.
   *
   * @param past in the order in which it is told
   */
  public ImageHistory(Collection<PastImage> past) {
    for (PastImage one : past) {
      images
          .computeIfAbsent(new Name(one.reference(), one.platform()), name -> new ArrayList<>())
          .add(one);
    }
  }

  /** What was said of the image of this name, in the order given. */
  public List<PastImage> of(JudgedImage image) {
    return List.copyOf(
        images.getOrDefault(new Name(image.reference(), image.platform()), List.of()));
  }
}
