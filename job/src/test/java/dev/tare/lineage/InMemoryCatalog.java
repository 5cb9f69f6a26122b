package dev.tare.lineage;

import dev.tare.oci.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalog of the images a test puts in. */
final class InMemoryCatalog implements ImageCatalog {
  private final List<KnownImage> images = new ArrayList<>();
  private final Map<Digest, List<KnownImage>> indexes = new HashMap<>();
  private final Map<String, Digest> tags = new HashMap<>();

  InMemoryCatalog with(KnownImage image) {
    images.add(image);
    return this;
  }

  InMemoryCatalog index(Digest digest, KnownImage... platforms) {
    indexes.put(digest, List.of(platforms));
    return this;
  }

  InMemoryCatalog tag(String reference, Digest digest) {
    tags.put(reference, digest);
    return this;
  }

  @Override
  public List<KnownImage> withChainId(Collection<Digest> chainIds, Digest asking) {
    return images.stream()
        .filter(image ->
            !image.chainIds().isEmpty()
                && chainIds.contains(image.chainIds().getLast())
                && !image.digest().equals(asking))
        .toList();
  }

  @Override
  public List<KnownImage> withDigest(Digest digest) {
    List<KnownImage> platforms = indexes.get(digest);
    return platforms != null
        ? platforms
        : images.stream().filter(image -> image.digest().equals(digest)).toList();
  }

  @Override
  public Optional<Digest> currentDigest(String reference) {
    return Optional.ofNullable(tags.get(reference));
  }
}
