package dev.tare.batch.describe;

import dev.tare.batch.Stores;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.NotInspected;
import dev.tare.inspect.FactsJson;
import dev.tare.inspect.ImageFacts;
import dev.tare.inspect.ImageInspector;
import dev.tare.inspect.ImageSubject;
import dev.tare.inspect.InspectionContext;
import dev.tare.inspect.LinkedFile;
import dev.tare.layer.AbsentLayer;
import dev.tare.layer.LayerFacts;
import dev.tare.lineage.BaseCatalogue;
import dev.tare.lineage.BaseMark;
import dev.tare.lineage.BaseRegistry;
import dev.tare.lineage.Lineage;
import dev.tare.lineage.LineageFinder;
import dev.tare.lineage.Provenance;
import dev.tare.lineage.Subject;
import dev.tare.oci.ChainId;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.Manifest;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Reference;
import dev.tare.policy.ProfileSelector;
import dev.tare.stop.StoppedException;
import dev.tare.store.EarlierBuilds;
import dev.tare.store.LastResults;
import dev.tare.store.LayerStore;
import dev.tare.store.PackedFacts;
import dev.tare.store.StoredCatalog;
import dev.tare.store.StoredImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Puts the facts of images together from the store. Registries are asked for what changes without
 * the image changing: what is attached to it, and what the tag of its base names now.
 */
public final class ImageDescriber {
  private static final Logger LOG = LoggerFactory.getLogger(ImageDescriber.class);

  private final Stores stores;
  private final ImageInspector inspector;
  private final ProfileSelector profiles;
  private final Attachments attachments;
  private final StoredCatalog catalog;
  private final BaseCatalogue bases;
  private final BaseRegistry registries;
  private final String runId;
  private final Instant evaluatedAt;
  private final String program;

  /**
   * Of this run.
   *
   * @param catalog of the images that runs have listed
   * @param bases that are known besides
   * @param registries that are asked for others
   * @param program that inspects: equal for the same classes and lists
   */
  public ImageDescriber(
      Stores stores,
      ImageInspector inspector,
      ProfileSelector profiles,
      Attachments attachments,
      StoredCatalog catalog,
      BaseCatalogue bases,
      BaseRegistry registries,
      String runId,
      Instant evaluatedAt,
      String program) {
    this.stores = stores;
    this.inspector = inspector;
    this.profiles = profiles;
    this.attachments = attachments;
    this.catalog = catalog;
    this.bases = bases;
    this.registries = registries;
    this.runId = runId;
    this.evaluatedAt = evaluatedAt;
    this.program = program;
  }

  /**
   * Describes images, one after the other. What is stored of them is asked for at once.
   *
   * @param each told of each, as soon as it is described
   * @param anyway whether also those of which something could be read in layers once more
   */
  public List<Description> describe(
      List<StoredImage> images, Consumer<Description> each, boolean anyway) {
    ImagePage page = ImagePage.of(stores, catalog, runId, images);
    LineageFinder lineages = new LineageFinder(new KnownBases(page.catalog(), bases), registries);
    List<Description> descriptions = new ArrayList<>();
    for (StoredImage image : images) {
      Description description = describe(image, page, lineages, anyway);
      each.accept(description);
      descriptions.add(description);
    }
    return descriptions;
  }

  private Description describe(
      StoredImage image, ImagePage page, LineageFinder lineages, boolean anyway) {
    try {
      Manifest manifest = Manifest.parse(page.document(image.digest()), image.mediaType());
      ImageConfig config = ImageConfig.parse(page.document(image.configDigest()));
      ImageSubject subject =
          new ImageSubject(
              image.registry(),
              image.repository(),
              image.tags(),
              image.digest(),
              image.indexDigest(),
              image.mediaType(),
              image.platform(),
              manifest,
              config);
      Provenance provenance = attachments.of(image, page.documents());
      Lineage lineage = lineages.find(lineageSubject(subject, provenance));
      InspectionContext context =
          new InspectionContext(
              evaluatedAt,
              profiles.profileOf(image.registry(), image.repository(), config.labels()),
              page.exclusiveBytes().get(image.id()),
              previous(image, page.earlier().get(image.id())),
              provenance,
              marks(image, page));
      Optional<String> madeOf =
          Optional.ofNullable(page.layers().get(image.id()))
              .map(layers -> MadeOf.text(program, image, layers, lineage, context));
      Optional<Long> known = madeOf.flatMap(all -> page.unchangedFacts(image, all));
      if (known.isPresent()) {
        String moment =
            PackedFacts.moment(
                evaluatedAt, ImageFacts.Image.ageDays(config.created(), evaluatedAt));
        return new Description.Unchanged(
            image, new LastResults.Described(image.id(), known.get(), moment));
      }
      ImageInspector.Measured measured =
          measure(subject, layers(manifest, config), lineage, context);
      boolean whole = measured.unread().isEmpty();
      if (!whole && !anyway) {
        return new Description.Postponed(image);
      }
      JsonNode facts = FactsJson.tree(measured.facts());
      StoredFacts stored = StoredFacts.of(facts);
      return new Description.Described(
          image,
          PackedFacts.of(facts),
          ContentsReader.contents(stored),
          ContentsReader.ancestors(stored),
          madeOf.filter(text -> whole)); // Else the next run tries again.
    } catch (TareException e) {
      return undescribed(image, e.kind(), String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      return undescribed(
          image, FailureKind.LIMIT, "describe " + image.digest() + ": " + MemoryShortage.reason());
    } catch (StackOverflowError e) {
      return undescribed(
          image,
          FailureKind.LIMIT,
          "describe " + image.digest() + ": what it says is nested without end");
    }
  }

  /** What is to be read once more of the layers of these images, a layer each. */
  public List<LinkedFiles> unread(List<StoredImage> images) {
    Map<Digest, LinkedFiles> unread = new LinkedHashMap<>();
    for (StoredImage image : images) {
      try {
        Manifest manifest = Manifest.parse(document(image.digest()), image.mediaType());
        ImageConfig config = ImageConfig.parse(document(image.configDigest()));
        for (LinkedFile file : inspector.unread(layers(manifest, config))) {
          Descriptor layer = manifest.layers().get(file.layer());
          unread
              .computeIfAbsent(
                  layer.digest(),
                  digest ->
                      new LinkedFiles(
                          new LayerStore.Pending(image.registry(), image.repository(), layer),
                          new TreeMap<>()))
              .files()
              .putIfAbsent(file.path(), file);
        }
      } catch (TareException | OutOfMemoryError e) {
        // Said of the image, when it is described.
        LOG.atDebug().addKeyValue("image", image.digest()).setCause(e).log("layers are unreadable");
      }
    }
    return List.copyOf(unread.values());
  }

  private byte[] document(Digest digest) {
    return stores
        .documents()
        .find(digest)
        .orElseThrow(() -> new TareException(FailureKind.BAD_CONTENT, digest + " is not stored"))
        .content();
  }

  private static Description undescribed(StoredImage image, FailureKind kind, String reason) {
    return new Description.Undescribed(
        image,
        new NotInspected(
            image.reference(), image.digest().toString(), NotInspected.Stage.LAYER, reason, kind));
  }

  /**
   * A defect that one image brings to light is that image's problem: it is reported, and the others
   * go on.
   */
  private ImageInspector.Measured measure(
      ImageSubject subject, List<LayerFacts> layers, Lineage lineage, InspectionContext context) {
    try {
      return inspector.measure(subject, layers, lineage, context);
    } catch (TareException | StoppedException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("image", subject.digest())
          .setCause(e)
          .log("image cannot be described because of a defect in Tare");
      throw new TareException(
          FailureKind.INTERNAL,
          "describe "
              + subject.digest()
              + ": unexpected "
              + e
              + ": a defect in Tare, please report it",
          null,
          e);
    }
  }

  private static ImageFacts.@Nullable Previous previous(
      StoredImage image, EarlierBuilds.@Nullable Build earlier) {
    if (earlier == null) {
      return null;
    }
    Reference reference =
        Reference.byDigest(image.registry(), image.repository(), earlier.digest());
    return new ImageFacts.Previous(reference.toString(), earlier.compressedBytes());
  }

  private Set<BaseMark> marks(StoredImage image, ImagePage page) {
    Set<BaseMark> marks = EnumSet.noneOf(BaseMark.class);
    if (!bases.withDigest(image.digest()).isEmpty()) {
      marks.add(BaseMark.CATALOGUE);
    }
    if (page.carrying().contains(image.id())) {
      marks.add(BaseMark.IMAGES);
    }
    return marks;
  }

  private static Subject lineageSubject(ImageSubject subject, Provenance provenance) {
    return new Subject(
        subject.digest(),
        subject.platform().isRunnable() ? subject.platform() : null,
        ChainId.ofEachPrefix(subject.config().diffIds()),
        subject.manifest().annotations(),
        subject.config().labels(),
        subject.config().history(),
        provenance.materials());
  }

  /** The layers' facts, root first, each checked against the diff ID that the config states. */
  private List<LayerFacts> layers(Manifest manifest, ImageConfig config) {
    List<Descriptor> descriptors = manifest.layers();
    if (descriptors.size() != config.diffIds().size()) {
      throw new TareException(
          FailureKind.BAD_CONTENT,
          "config "
              + manifest.config().digest()
              + ": states "
              + config.diffIds().size()
              + " diff IDs, the manifest has "
              + descriptors.size()
              + " layers");
    }
    List<LayerFacts> layers = new ArrayList<>(descriptors.size());
    Map<Digest, LayerFacts> read = new HashMap<>();
    for (int i = 0; i < descriptors.size(); i++) {
      Descriptor descriptor = descriptors.get(i);
      // The same layer may stand there more than once.
      LayerFacts facts = read.computeIfAbsent(descriptor.digest(), same -> facts(descriptor));
      Digest digest = facts.digest();
      Digest computed = facts.diffId();
      if (computed != null && !computed.equals(config.diffIds().get(i))) {
        throw new TareException(
            FailureKind.BAD_CONTENT,
            "layer "
                + digest
                + ": its content has diff ID "
                + computed
                + ", the config states "
                + config.diffIds().get(i));
      }
      layers.add(facts);
    }
    return layers;
  }

  /** As it was read, from whichever image; of a layer that is nowhere to be had, that it is not. */
  private LayerFacts facts(Descriptor layer) {
    Optional<LayerFacts> read = stores.layers().facts(layer.digest());
    if (read.isEmpty() && MediaTypes.isForeignLayer(layer.mediaType())) {
      return AbsentLayer.of(layer);
    }
    stores
        .layers()
        .failure(runId, layer.digest())
        .ifPresent(failure -> {
          throw failure;
        });
    return read.orElseThrow(() ->
        new TareException(FailureKind.BAD_CONTENT, "layer " + layer.digest() + " was not read"));
  }
}
