package dev.tare.plan;

import dev.tare.finding.SmallerBase;
import dev.tare.plan.ImageView.LayerView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What actions save, as far as facts tell. */
final class Savings {
  private final Map<String, Set<String>> imagesOfLayer = new HashMap<>();

  /** Among these images. */
  Savings(List<ImageView> images) {
    for (ImageView image : images) {
      for (LayerView layer : image.layers()) {
        imagesOfLayer
            .computeIfAbsent(layer.digest(), none -> new HashSet<>())
            .add(image.image().digest());
      }
    }
  }

  /**
   * A base gives way to a smaller image: what is left of its layers where no other image has them.
   *
   * @param images that stand on it
   * @param to the smaller image for each platform, by the digest of the base; at least one
   * @param scanned digests of images that the registry holds already
   */
  Saving ofBase(Map<ImageView, Standing> images, Map<String, SmallerBase> to, Set<String> scanned) {
    Map<ImageView, Standing> changed = new LinkedHashMap<>(images);
    changed.values().removeIf(standing -> !to.containsKey(standing.digest()));
    Set<String> digests = new HashSet<>();
    changed.keySet().forEach(image -> digests.add(image.image().digest()));
    Map<String, Long> freed = new HashMap<>();
    changed.forEach((image, standing) -> {
      int own = Math.min(standing.layers(), image.layers().size());
      for (LayerView layer : image.layers().subList(0, own)) {
        Long bytes = layer.compressed();
        if (bytes != null
            && !layer.digest().isEmpty()
            && digests.containsAll(imagesOfLayer.getOrDefault(layer.digest(), Set.of()))) {
          freed.put(layer.digest(), bytes);
        }
      }
    });
    long gone = freed.values().stream().mapToLong(Long::longValue).sum();
    long pushed =
        to.values().stream()
            .filter(one -> !scanned.contains(one.digest()))
            .mapToLong(SmallerBase::sizeBytes)
            .sum();
    long pull = to.values().stream().mapToLong(SmallerBase::bytesLess).max().orElseThrow();
    return new Saving(Math.max(0, gone - pushed), pull, false);
  }

  /**
   * What fails is not shipped any more; null where the evidence counts no bytes. Of what is over a
   * budget nobody knows how much goes.
   */
  @Nullable Saving ofContent(List<Candidate.Share> shares) {
    Map<String, Double> registry = new HashMap<>();
    Map<PlannedImage, Map<String, Double>> pulls = new HashMap<>();
    for (Candidate.Share share : shares) {
      if (share.failure().over() != null) {
        continue;
      }
      for (Place place : share.places()) {
        Long bytes = place.bytes();
        LayerView layer = share.image().layer(place.layer());
        Double ratio = layer == null ? ratio(share.image().ownLayers()) : ratio(List.of(layer));
        if (bytes == null || ratio == null) {
          continue;
        }
        // One layer counts once, and so does a path in builds of one thing.
        String what = layer == null ? share.image().line() + " " + place.path() : layer.digest();
        double compressed = bytes * ratio;
        registry.merge(what, compressed, Math::max);
        pulls
            .computeIfAbsent(share.image().image(), none -> new HashMap<>())
            .merge(what, compressed, Math::max);
      }
    }
    long all = Math.round(sum(registry));
    long pull = Math.round(pulls.values().stream().mapToDouble(Savings::sum).max().orElse(0));
    return all == 0 ? null : new Saving(all, pull, true);
  }

  private static double sum(Map<String, Double> parts) {
    return parts.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Compressed bytes for each uncompressed one; null where that is not known. */
  private static @Nullable Double ratio(List<LayerView> layers) {
    long compressed = 0;
    long uncompressed = 0;
    for (LayerView layer : layers) {
      Long small = layer.compressed();
      Long large = layer.uncompressed();
      if (small == null || large == null) {
        return null;
      }
      compressed += small;
      uncompressed += large;
    }
    return uncompressed == 0
        ? null
        : Double.valueOf(Math.min(1, (double) compressed / uncompressed));
  }
}
