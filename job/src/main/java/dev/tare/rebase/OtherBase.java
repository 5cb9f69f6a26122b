package dev.tare.rebase;

import dev.tare.facts.Base;
import dev.tare.facts.Image;
import dev.tare.lineage.ImageCatalog;
import dev.tare.lineage.KnownImage;
import dev.tare.oci.ChainId;
import dev.tare.oci.Digest;
import dev.tare.oci.Platform;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Knows another base and what that is built on, and no further image. */
final class OtherBase implements ImageCatalog {
  private final List<KnownImage> images;
  private final List<String> names;

  private OtherBase(List<KnownImage> images, List<String> names) {
    this.images = images;
    this.names = names;
  }

  /** Of a build from scratch. */
  static OtherBase none() {
    return new OtherBase(List.of(), List.of());
  }

  /** Of a base that was asked for by one of its tags. */
  static OtherBase of(Stack base, Digest digest, Platform platform) {
    Image image = base.facts().image();
    List<String> names = image.tags().stream().map(tag -> repository(image) + ":" + tag).toList();
    List<Digest> chainIds = ChainId.ofEachPrefix(base.config().diffIds());
    List<KnownImage> images = new ArrayList<>();
    for (Base.Ancestor ancestor : base.facts().base().lineage()) {
      String reference = ancestor.reference();
      Digest ancestorDigest = ancestor.digest();
      Integer layers = ancestor.layers();
      if (reference != null
          && ancestorDigest != null
          && layers != null
          && layers > 0
          && layers <= chainIds.size()) {
        images.add(
            new KnownImage(
                List.of(reference),
                ancestorDigest,
                platform,
                chainIds.subList(0, layers),
                null,
                List.of()));
      }
    }
    images.add(
        new KnownImage(
            names.isEmpty() ? List.of(repository(image) + "@" + digest) : names,
            digest,
            platform,
            chainIds,
            base.config().created(),
            base.config().history()));
    return new OtherBase(images, names);
  }

  private static String repository(Image image) {
    return image.registry() + "/" + image.repository();
  }

  @Override
  public List<KnownImage> withChainId(Collection<Digest> chainIds, Digest asking) {
    return images.stream()
        .filter(
            image -> !image.chainIds().isEmpty() && chainIds.contains(image.chainIds().getLast()))
        .toList();
  }

  @Override
  public List<KnownImage> withDigest(Digest digest) {
    return images.stream().filter(image -> image.digest().equals(digest)).toList();
  }

  /** Its tags name it: it was asked for by one of them. */
  @Override
  public Optional<Digest> currentDigest(String reference) {
    return names.contains(reference) ? Optional.of(images.getLast().digest()) : Optional.empty();
  }
}
