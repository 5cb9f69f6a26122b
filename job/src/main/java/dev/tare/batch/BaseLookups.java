package dev.tare.batch;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.lineage.BaseRegistry;
import dev.tare.lineage.ImageName;
import dev.tare.lineage.KnownImage;
import dev.tare.oci.ChainId;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.ImageIndex;
import dev.tare.oci.Manifest;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Platform;
import dev.tare.oci.Reference;
import dev.tare.registry.FetchedManifest;
import dev.tare.registry.ImageSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks bases up in registries, each once in a run, what is found and what fails alike. Only the
 * registries that are scanned and those that the base catalogue lists are asked: an image's
 * annotations are anybody's words, and must not send a scan to a host of their choice.
 */
final class BaseLookups implements BaseRegistry {
  private final Sources scannedSources;
  private final Sources otherSources;
  private final ManifestFetcher fetcher;

  /** By its normalised name the registry as the scan has it. */
  private final Map<String, String> scanned;

  private final Set<String> others;
  private final Map<String, Answer<Digest>> digests = new ConcurrentHashMap<>();
  private final Map<String, Answer<List<KnownImage>>> images = new ConcurrentHashMap<>();
  private final Map<String, TareException> silent = new ConcurrentHashMap<>();

  /**
   * Over these sources.
   *
   * @param scanned registries of the scan's targets
   * @param others registries that may be asked besides
   */
  BaseLookups(
      Sources scannedSources,
      Sources otherSources,
      ManifestFetcher fetcher,
      Set<String> scanned,
      Set<String> others) {
    this.scannedSources = scannedSources;
    this.otherSources = otherSources;
    this.fetcher = fetcher;
    this.scanned =
        scanned.stream()
            .collect(Collectors.toMap(ImageName::registry, name -> name, (one, other) -> one));
    this.others = Set.copyOf(others);
  }

  /** What was found, or why nothing was. */
  private record Answer<T>(@Nullable T value, @Nullable TareException failure) {
    T get() {
      if (failure != null) {
        throw failure;
      }
      if (value == null) {
        throw new IllegalStateException("an answer is a value or a failure");
      }
      return value;
    }
  }

  @Override
  public Digest currentDigest(String name) {
    return digests
        .computeIfAbsent(
            name,
            wanted -> {
              Reference reference = reference(wanted);
              return answer(
                  reference.registry(), () -> source(reference).resolve(reference).digest());
            })
        .get();
  }

  @Override
  public List<KnownImage> images(String name, Digest digest) {
    return images
        .computeIfAbsent(
            name + "@" + digest,
            wanted -> {
              Reference tagged = reference(name);
              return answer(tagged.registry(), () -> fetched(name, tagged, digest));
            })
        .get();
  }

  /** A registry that cannot be reached is not asked again: every base of it would wait for it. */
  private <T> Answer<T> answer(String registry, Supplier<T> question) {
    TareException earlier = silent.get(registry);
    if (earlier != null) {
      return new Answer<>(null, earlier);
    }
    try {
      return new Answer<>(question.get(), null);
    } catch (TareException e) {
      if (e.kind() == FailureKind.ENVIRONMENT || e.kind() == FailureKind.TRANSIENT) {
        silent.putIfAbsent(registry, e);
      }
      return new Answer<>(null, e);
    }
  }

  private List<KnownImage> fetched(String name, Reference tagged, Digest digest) {
    ImageSource source = source(tagged);
    Reference byDigest = Reference.byDigest(tagged.registry(), tagged.repository(), digest);
    FetchedManifest top = fetcher.byDigest(source, byDigest, byDigest);
    String mediaType = top.descriptor().mediaType();
    if (!MediaTypes.isIndex(mediaType)) {
      return image(source, name, tagged, top, null);
    }
    List<KnownImage> found = new ArrayList<>();
    for (Descriptor entry : ImageIndex.parse(top.content(), mediaType).runnable()) {
      Reference child = Reference.byDigest(tagged.registry(), tagged.repository(), entry.digest());
      try {
        found.addAll(
            image(source, name, tagged, fetcher.byDigest(source, child, child), entry.platform()));
      } catch (TareException e) {
        if (e.kind() != FailureKind.NOT_FOUND) {
          throw e; // Of an index copied for some platforms only, the others are missing.
        }
      }
    }
    return found;
  }

  private List<KnownImage> image(
      ImageSource source,
      String name,
      Reference tagged,
      FetchedManifest fetched,
      @Nullable Platform stated) {
    Manifest manifest = Manifest.parse(fetched.content(), fetched.descriptor().mediaType());
    if (!manifest.isContainerImage()) {
      return List.of();
    }
    ImageConfig config =
        ImageConfig.parse(fetcher.config(source, tagged.repository(), manifest.config()));
    Platform platform = stated == null ? config.platform() : stated;
    return platform == null
        ? List.of()
        : List.of(
            new KnownImage(
                List.of(name),
                fetched.descriptor().digest(),
                platform,
                ChainId.ofEachPrefix(config.diffIds()),
                config.created(),
                config.history()));
  }

  private ImageSource source(Reference reference) {
    String registry = reference.registry();
    String known = scanned.get(registry);
    if (known != null) {
      return scannedSources.of(known);
    }
    if (others.contains(registry)) {
      return otherSources.of(registry);
    }
    throw new TareException(
        FailureKind.DENIED,
        "look up "
            + reference
            + ": "
            + registry
            + " is neither scanned nor among the registries of bases.yaml");
  }

  /** Of a normalised name: {@code docker.io/library/alpine:3.20}. */
  private static Reference reference(String name) {
    int slash = name.indexOf('/');
    int colon = name.lastIndexOf(':');
    return Reference.tagged(
        name.substring(0, slash), name.substring(slash + 1, colon), name.substring(colon + 1));
  }
}
