package dev.tare.batch.describe;

import dev.tare.batch.Stores;
import dev.tare.error.TareException;
import dev.tare.lineage.ImageCatalog;
import dev.tare.oci.ChainId;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.store.DocumentStore;
import dev.tare.store.EarlierBuilds;
import dev.tare.store.LastResults;
import dev.tare.store.StoredCatalog;
import dev.tare.store.StoredImage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is stored of some images that are described one after the other: asked for by the image, it
 * was a third of a scan in which nothing had changed. Holds documents of a few kilobytes for each.
 *
 * @param documents manifests, configs and indexes
 * @param exclusiveBytes by image
 * @param earlier builds, by image
 * @param carrying those that other images of the run are built on
 * @param layers what is stored of them, by image
 * @param last what facts were made of last, by image
 * @param catalog of possible ancestors
 */
record ImagePage(
    DocumentStore.Several documents,
    Map<Long, Long> exclusiveBytes,
    Map<Long, EarlierBuilds.Build> earlier,
    Set<Long> carrying,
    Map<Long, String> layers,
    Map<Long, LastResults.Facts> last,
    ImageCatalog catalog) {
  /**
   * Chain IDs that are asked for at once: a few images of more layers than anybody has ask alone.
   */
  private static final int MOST_CHAIN_IDS = 2_000;

  /** Asks for it; {@code images} are of this run. */
  static ImagePage of(
      Stores stores, StoredCatalog catalog, String runId, List<StoredImage> images) {
    List<Long> ids = images.stream().map(StoredImage::id).toList();
    DocumentStore.Several documents = stores.documents().several(documents(images));
    return new ImagePage(
        documents,
        stores.images().exclusiveBytes(runId, ids),
        stores.earlier().of(runId, images),
        stores.images().carrying(runId, ids),
        stores.layers().stateOfLayers(runId, ids),
        stores.last().facts(ids),
        catalog.asking(chainIds(images, documents)));
  }

  private static Set<Digest> documents(List<StoredImage> images) {
    Set<Digest> documents = new HashSet<>();
    for (StoredImage image : images) {
      documents.add(image.digest());
      documents.add(image.configDigest());
      Digest index = image.indexDigest();
      if (index != null) {
        documents.add(index);
      }
    }
    return documents;
  }

  /** Of each prefix of the layers of these images, as far as it is known. */
  private static Set<Digest> chainIds(List<StoredImage> images, DocumentStore.Several documents) {
    Set<Digest> chainIds = new HashSet<>();
    for (StoredImage image : images) {
      List<Digest> own =
          documents.known(image.configDigest()).map(ImagePage::chainIds).orElse(List.of());
      if (chainIds.size() + own.size() <= MOST_CHAIN_IDS) {
        chainIds.addAll(own);
      }
    }
    return chainIds;
  }

  private static List<Digest> chainIds(DocumentStore.Document config) {
    try {
      return ChainId.ofEachPrefix(ImageConfig.parse(config.content()).diffIds());
    } catch (TareException e) {
      return List.of(); // Said of the image, when it is described.
    }
  }

  byte[] document(Digest digest) {
    return documents
        .find(digest)
        .orElseThrow(() -> new IllegalStateException(digest + " was listed but is not stored"))
        .content();
  }

  /** The number of the facts that an image had last, where they were made of the same. */
  Optional<Long> unchangedFacts(StoredImage image, String madeOf) {
    return Optional.ofNullable(last.get(image.id()))
        .filter(facts -> facts.areMadeOf(madeOf))
        .map(LastResults.Facts::factsId);
  }
}
