package dev.tare.batch.describe;

import dev.tare.lineage.BaseCatalogue;
import dev.tare.lineage.ImageCatalog;
import dev.tare.lineage.KnownImage;
import dev.tare.oci.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The images that runs have listed, and those of the base catalogue. A run's word is the more
 * recent.
 */
final class KnownBases implements ImageCatalog {
  private final ImageCatalog runs;
  private final BaseCatalogue bases;

  KnownBases(ImageCatalog runs, BaseCatalogue bases) {
    this.runs = runs;
    this.bases = bases;
  }

  @Override
  public List<KnownImage> withChainId(Collection<Digest> chainIds, Digest asking) {
    return both(
        runs.withChainId(chainIds, asking),
        bases.withChainId(chainIds).stream()
            .filter(base -> !base.digest().equals(asking))
            .toList());
  }

  @Override
  public List<KnownImage> withDigest(Digest digest) {
    return both(runs.withDigest(digest), bases.withDigest(digest));
  }

  private static List<KnownImage> both(List<KnownImage> listed, List<KnownImage> learned) {
    Set<Digest> digests = new HashSet<>();
    List<KnownImage> all = new ArrayList<>(listed);
    listed.forEach(image -> digests.add(image.digest()));
    learned.stream().filter(image -> !digests.contains(image.digest())).forEach(all::add);
    return all;
  }

  @Override
  public Optional<Digest> currentDigest(String reference) {
    return runs.currentDigest(reference);
  }
}
