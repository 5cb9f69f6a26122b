package dev.tare.batch.describe;

import dev.tare.batch.Sources;
import dev.tare.batch.list.ManifestFetcher;
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
import dev.tare.oci.WrittenName;
import dev.tare.registry.FetchedManifest;
import dev.tare.registry.ImageSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks bases up in registries, each once in a run, what is found and what fails alike. Only the
 * registries that are scanned and those that the base catalogue lists are asked: an image's
 * annotations are anybody's words, and must not send a scan to a host of their choice.
 */
public final class BaseLookups implements BaseRegistry {
  /** What somebody else's registry says of a base is worth a few seconds of a run, once. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final Sources scannedSources;
  private final Sources otherSources;
  private final ManifestFetcher fetcher;

  /** By its normalised name the registry as the scan has it. */
  private final Map<String, String> scanned;

  private final Set<String> others;
  private final Map<String, Answer<Digest>> digests = new ConcurrentHashMap<>();
  private final Map<String, Answer<List<KnownImage>>> images = new ConcurrentHashMap<>();
  private final Map<String, TareException> silent = new ConcurrentHashMap<>();
  private final Map<String, Optional<TareException>> reached = new ConcurrentHashMap<>();
  private final Duration patience;

  /**
   * Over these sources.
   *
   * @param scanned registries of the scan's targets
   * @param others registries that may be asked besides
   */
  public BaseLookups(
      Sources scannedSources,
      Sources otherSources,
      ManifestFetcher fetcher,
      Set<String> scanned,
      Set<String> others) {
    this(scannedSources, otherSources, fetcher, scanned, others, PATIENCE);
  }

  /**
   * The same.
   *
   * @param patience with the first answer of a registry that is not scanned
   */
  public BaseLookups(
      Sources scannedSources,
      Sources otherSources,
      ManifestFetcher fetcher,
      Set<String> scanned,
      Set<String> others,
      Duration patience) {
    this.patience = patience;
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
              return answer(reference, () -> source(reference).resolve(reference).digest());
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
              return answer(tagged, () -> fetched(name, tagged, digest));
            })
        .get();
  }

  /** A registry that cannot be reached is not asked again: every base of it would wait for it. */
  private <T> Answer<T> answer(Reference reference, Supplier<T> question) {
    String registry = reference.registry();
    TareException earlier = silent.get(registry);
    if (earlier == null && others.contains(registry) && !scanned.containsKey(registry)) {
      earlier = reached.computeIfAbsent(registry, any -> reach(reference)).orElse(null);
    }
    if (earlier != null) {
      return new Answer<>(null, earlier);
    }
    try {
      return new Answer<>(question.get(), null);
    } catch (TareException e) {
      if (isSilence(e)) {
        silent.putIfAbsent(registry, e);
      }
      return new Answer<>(null, e);
    }
  }

  /**
   * Why a registry does not answer, or not soon: names that are looked up without end and hosts of
   * many addresses, each with a timeout of its own, are waited for no longer. Whatever it answers
   * is asked for again.
   */
  private Optional<TareException> reach(Reference reference) {
    ImageSource source = source(reference);
    CompletableFuture<Optional<TareException>> end = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("reach " + reference.registry())
        .start(() -> {
          try {
            source.resolve(reference);
            end.complete(Optional.empty());
          } catch (TareException e) {
            end.complete(isSilence(e) ? Optional.of(e) : Optional.empty());
          } catch (RuntimeException e) {
            end.completeExceptionally(e);
          }
        });
    return end.completeOnTimeout(
            Optional.of(
                new TareException(
                    FailureKind.TRANSIENT,
                    "look up "
                        + reference
                        + ": "
                        + reference.registry()
                        + " does not answer within "
                        + patience.toMillis() / 1_000.0
                        + " s")),
            patience.toMillis(),
            TimeUnit.MILLISECONDS)
        .join();
  }

  private static boolean isSilence(TareException failure) {
    return failure.kind() == FailureKind.ENVIRONMENT || failure.kind() == FailureKind.TRANSIENT;
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
    WrittenName written = WrittenName.full(name);
    return new Reference(
        Objects.requireNonNull(written.registry()), written.path(), written.tag(), null);
  }
}
