package dev.tare.registry.local;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.Reference;
import dev.tare.registry.FetchedManifest;
import dev.tare.registry.ImageSource;
import dev.tare.registry.engine.Engine;
import dev.tare.registry.protocol.ManifestType;
import java.io.InputStream;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The images of a container engine of this machine, which has them as exported archives only: an
 * image is exported once for its manifest, and once more for those of its layers that somebody
 * wants. Its list is asked for once.
 */
public final class EngineImageSource implements ImageSource {
  /** Documents are smaller; for all the images of an engine. */
  private static final int LONGEST_KEPT_BYTES = 64 << 10;

  private static final int MOST_KEPT_BYTES = 16 << 20;

  private final Engine engine;
  private final KeptBudget budget = new KeptBudget(LONGEST_KEPT_BYTES, MOST_KEPT_BYTES);
  private final Object exporting = new Object();
  private final Map<Digest, EngineExport> exports = new LinkedHashMap<>();
  private @Nullable EngineCatalog catalog;

  public EngineImageSource(Engine engine) {
    this.engine = engine;
  }

  /** The repository that an image of this name is of: {@code localhost-5000/team/app}. */
  public static String repository(String name) {
    return LocalNames.repository(name);
  }

  /** Whether a name can only be meant as the ID of an image. */
  public static boolean isId(String name) {
    return EngineCatalog.isId(name);
  }

  @Override
  public String registry() {
    return engine.kind().prefix();
  }

  @Override
  public Iterator<String> repositories() {
    List<String> names = List.copyOf(catalog().byRepository().keySet());
    if (names.isEmpty()) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "list images of " + engine.kind().title() + ": it has none with a name",
          "Fetch one ("
              + engine.kind().program()
              + " pull NAME), build one with a name (build -t NAME), or name its ID: "
              + registry()
              + "ID.");
    }
    return names.iterator();
  }

  @Override
  public List<String> tags(String repository) {
    Optional<Map<String, Digest>> tagged = catalog().tagged(repository);
    if (tagged.isEmpty() && catalog().byId(repository).isEmpty()) {
      throw notThere("list tags of " + registry() + "/" + repository, repository);
    }
    return List.copyOf(tagged.orElse(Map.of()).keySet());
  }

  /** An image that was named by its ID. */
  @Override
  public List<Digest> untagged(String repository) {
    return catalog().tagged(repository).isPresent()
        ? List.of()
        : catalog().byId(repository).stream()
            .map(id -> top("export image " + id, id).digest())
            .toList();
  }

  @Override
  public Optional<Digest> id(Reference image) {
    return image.digest() == null
        ? Optional.of(id("find image " + image, image))
        : Optional.empty();
  }

  @Override
  public Descriptor resolve(Reference image) {
    return manifest(image).descriptor();
  }

  @Override
  public FetchedManifest manifest(Reference image) {
    String action = "read manifest " + image;
    Digest digest = image.digest();
    Digest wanted = digest == null ? top(action, id(action, image)).digest() : digest;
    LocalImages images = holding(action, image.repository(), wanted).images();
    return LocalReading.of(
        action,
        () -> {
          Descriptor listed = images.listed(wanted);
          byte[] content =
              listed == null ? images.document(action, wanted) : images.document(action, listed);
          String type = ManifestType.of(action, content, listed == null ? "" : listed.mediaType());
          return new FetchedManifest(new Descriptor(type, wanted, content.length), content);
        });
  }

  @Override
  public InputStream blob(String repository, Descriptor blob) {
    String action = "read blob " + blob.digest() + " of " + registry() + "/" + repository;
    LocalImages images = holding(action, repository, blob.digest()).images();
    return LocalReading.of(action, () -> images.open(blob.digest()));
  }

  @Override
  public OptionalLong position(String repository, Descriptor blob) {
    EngineExport holding;
    try {
      holding = holding("find blob " + blob.digest(), repository, blob.digest());
    } catch (TareException e) {
      return OptionalLong.empty();
    }
    long before = 0;
    for (EngineExport export : exports()) {
      if (export == holding) {
        break;
      }
      before += export.sizeBytes();
    }
    OptionalLong offset = holding.offsetBytes(blob.digest());
    return offset.isPresent() ? OptionalLong.of(before + offset.getAsLong()) : offset;
  }

  @Override
  public Optional<String> attachmentsLeftOut() {
    return Optional.of(
        engine.kind().title() + " does not export an image's signatures and referrers");
  }

  private Digest id(String action, Reference image) {
    return catalog()
        .tagged(image.repository())
        .map(tags -> tags.get(image.selector()))
        .orElseThrow(() -> notThere(action, image.repository() + ":" + image.selector()));
  }

  private TareException notThere(String action, String name) {
    String program = engine.kind().program();
    return new TareException(
        FailureKind.NOT_FOUND,
        action
            + ": "
            + engine.kind().title()
            + " has no image "
            + name
            + " ("
            + program
            + " images shows what it has, "
            + program
            + " pull fetches one)");
  }

  private Descriptor top(String action, Digest id) {
    return LocalReading.of(action, () -> export(action, id).top());
  }

  /** The image that has this content: one that was exported, else one of the repository. */
  private EngineExport holding(String action, String repository, Digest content) {
    for (EngineExport known : exports()) {
      if (known.images().has(content)) {
        return known;
      }
    }
    for (Digest id : ids(repository)) {
      EngineExport export = export(action, id);
      if (export.images().has(content)) {
        return export;
      }
    }
    throw new TareException(
        FailureKind.NOT_FOUND, action + ": no image of " + repository + " has this content now");
  }

  private Set<Digest> ids(String repository) {
    Set<Digest> ids = new LinkedHashSet<>();
    catalog().tagged(repository).ifPresent(tags -> ids.addAll(tags.values()));
    catalog().byId(repository).ifPresent(ids::add);
    return ids;
  }

  /** One image at a time: an engine may write an image to its disk before it sends it. */
  private EngineExport export(String action, Digest id) {
    synchronized (exporting) {
      EngineExport known = exported(id);
      if (known != null) {
        return known;
      }
      EngineExport export =
          LocalReading.of(action, () -> new EngineExport(() -> open(id), registry(), budget));
      keep(id, export);
      return export;
    }
  }

  private InputStream open(Digest id) {
    exports().forEach(EngineExport::rest);
    return engine.export(id);
  }

  private @Nullable EngineExport exported(Digest id) {
    synchronized (exports) {
      return exports.get(id);
    }
  }

  private void keep(Digest id, EngineExport export) {
    synchronized (exports) {
      exports.put(id, export);
    }
  }

  private Collection<EngineExport> exports() {
    synchronized (exports) {
      return List.copyOf(exports.values());
    }
  }

  private synchronized EngineCatalog catalog() {
    EngineCatalog known = catalog;
    if (known == null) {
      known = EngineCatalog.of(engine.images());
      catalog = known;
    }
    return known;
  }

  @Override
  public void close() {
    exports().forEach(EngineExport::rest);
  }
}
