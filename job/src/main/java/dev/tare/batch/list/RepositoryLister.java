package dev.tare.batch.list;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.NotInspected;
import dev.tare.finding.NotInspected.Stage;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.ImageIndex;
import dev.tare.oci.Manifest;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Platform;
import dev.tare.oci.Reference;
import dev.tare.registry.FetchedManifest;
import dev.tare.registry.ImageFilter;
import dev.tare.registry.TargetEnumeration;
import dev.tare.store.ListedImage;
import dev.tare.store.RepositoryListing;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists one repository: its tags, what they name, and of each image manifest and config. What
 * cannot be read is part of the listing.
 */
public final class RepositoryLister {
  /** Of an index: real ones have a few dozen platforms and an attestation each. */
  private static final int MAX_ENTRIES = 1_000;

  /** The specification sets no limit; nobody nests more than two. */
  private static final int DEEPEST_INDEX = 3;

  /** Tags of a repository that are none, named one by one: a registry can list a million. */
  private static final int MAX_REFUSED = 20;

  /**
   * Tags of earlier runs that are asked for where the registry says there is no such repository.
   */
  private static final int ASKED_WITHOUT_A_LIST = 20;

  /** Tags of a repository that are looked up together. */
  private static final int TAGS_A_PAGE = 50;

  private static final Platform UNSTATED = new Platform("unknown", "unknown", null);

  private final ManifestFetcher fetcher;
  private final AttachmentTags attachmentTags;
  private final ImageFilter filter;
  private final ExecutorService executor;
  private final boolean toleratesUnreachable;
  private final InstantSource clock;

  /**
   * Lists what this filter lets through; {@code executor} runs the look-ups of one repository's
   * tags side by side.
   *
   * @param attachmentTags are told what tags there are
   * @param toleratesUnreachable whether a registry that cannot be reached is a problem of its
   *     images only: a cluster runs images of registries that nobody asked for by name
   */
  public RepositoryLister(
      ManifestFetcher fetcher,
      AttachmentTags attachmentTags,
      ImageFilter filter,
      ExecutorService executor,
      boolean toleratesUnreachable,
      InstantSource clock) {
    this.fetcher = fetcher;
    this.attachmentTags = attachmentTags;
    this.filter = filter;
    this.executor = executor;
    this.toleratesUnreachable = toleratesUnreachable;
    this.clock = clock;
  }

  public RepositoryListing list(RepositoryItem item) {
    return new Listing(item).make();
  }

  /** One repository's listing as it grows. */
  private final class Listing {
    private final RepositoryItem item;
    private final Map<String, Digest> tags = new TreeMap<>();
    private final Map<Digest, Found> images = new LinkedHashMap<>();
    private final Set<Digest> attached = new LinkedHashSet<>();
    private final List<NotInspected> problems = new ArrayList<>();

    /** Indexes inside the one that is being added: each is opened once, however often named. */
    private final Set<Digest> opened = new HashSet<>();

    /** For what is behind the tags that are being added. */
    private ManifestFetcher stored = fetcher;

    private boolean found;

    /** Whether the registry listed the repository's tags, and not that there is no such. */
    private boolean tagsListed;

    /** Whether it said neither: it refused, was busy, or made no sense. */
    private boolean unanswered;

    Listing(RepositoryItem item) {
      this.item = item;
    }

    RepositoryListing make() {
      TargetEnumeration.Listed listed = listed();
      lookUp(
          listed.images(),
          reference -> {},
          (reference, e) -> {
            found |= e.kind() != FailureKind.NOT_FOUND && e.kind() != FailureKind.DENIED;
            problem(reference, reference.digest(), Stage.MANIFEST, e);
          });
      List<Reference> missing = missing(listed);
      Set<String> notThere = new LinkedHashSet<>();
      List<String> hidden = new ArrayList<>();
      lookUp(
          missing,
          reference -> hidden.add(String.valueOf(reference.tag())),
          (reference, e) -> {
            if (e.kind() == FailureKind.NOT_FOUND) {
              notThere.add(String.valueOf(reference.tag()));
            } else {
              problem(reference, null, Stage.MANIFEST, e);
            }
          });
      boolean shown = !tags.isEmpty() || (tagsListed && item.listed());
      sayWhatListsLeaveOut(hidden, shown, notThere.size());
      return new RepositoryListing(
          item.source().registry(),
          item.repository(),
          found,
          tags,
          filter.platforms().isEmpty(),
          shown ? notThere : Set.of(),
          !shown && !unanswered && listed.names().isEmpty() && notThere.size() == missing.size()
              ? clock.instant()
              : null,
          images.values().stream().map(Found::listed).toList(),
          List.copyOf(attached),
          problems);
    }

    /** Adds what they name, page by page, in their order. */
    private void lookUp(
        List<Reference> references,
        Consumer<Reference> added,
        BiConsumer<Reference, TareException> failed) {
      for (int from = 0; from < references.size(); from += TAGS_A_PAGE) {
        List<Reference> page =
            references.subList(from, Math.min(references.size(), from + TAGS_A_PAGE));
        lookUp(page)
            .forEach((reference, lookup) -> {
              try {
                found(reference, result(lookup));
                added.accept(reference);
              } catch (TareException e) {
                failed.accept(reference, e);
              }
            });
      }
    }

    /** First all digests, so that the store can be asked for what they name at once. */
    private Map<Reference, Future<FetchedManifest>> lookUp(List<Reference> references) {
      Map<Reference, Future<Reference>> named = new LinkedHashMap<>();
      for (Reference reference : references) {
        named.put(reference, executor.submit(() -> byDigest(reference)));
      }
      ManifestFetcher behind =
          fetcher.behind(
              named.values().stream()
                  .map(Listing::digest)
                  .flatMap(Optional::stream)
                  .distinct()
                  .toList());
      stored = behind;
      Map<Reference, Future<FetchedManifest>> lookups = new LinkedHashMap<>();
      named.forEach((reference, lookup) ->
          lookups.put(
              reference,
              executor.submit(() -> behind.byDigest(item.source(), result(lookup), reference))));
      return lookups;
    }

    private void found(Reference reference, FetchedManifest top) {
      String tag = reference.tag();
      if (tag != null) {
        tags.put(tag, top.descriptor().digest());
      }
      add(reference, top);
      found = true;
    }

    /** Empty where the look-up failed: that is told of the tag. */
    private static Optional<Digest> digest(Future<Reference> lookup) {
      try {
        return Optional.ofNullable(result(lookup).digest());
      } catch (TareException e) {
        return Optional.empty();
      }
    }

    private Reference byDigest(Reference reference) {
      return reference.digest() == null ? fetcher.resolve(item.source(), reference) : reference;
    }

    private TargetEnumeration.Listed listed() {
      try {
        TargetEnumeration.Listed listed = item.images();
        tagsListed = true;
        if (item.listsTags()) {
          attachmentTags.listed(item.source(), item.repository(), listed.names());
        }
        found = item.listed() && listed.images().isEmpty();
        refuse(listed.refused());
        return listed;
      } catch (TareException e) {
        if (e.kind() == FailureKind.ENVIRONMENT && !toleratesUnreachable) {
          throw e;
        }
        unanswered = e.kind() != FailureKind.NOT_FOUND;
        problems.add(
            new NotInspected(
                item.name(), null, Stage.REPOSITORY, String.valueOf(e.getMessage()), e.kind()));
        return TargetEnumeration.Listed.NOTHING;
      }
    }

    /** Tags that earlier runs read and that are not listed now: whether they are gone is asked. */
    private List<Reference> missing(TargetEnumeration.Listed listed) {
      if (unanswered) {
        return List.of();
      }
      return item.missing(listed.names()).stream()
          .limit(tagsListed ? Long.MAX_VALUE : ASKED_WITHOUT_A_LIST)
          .map(tag -> Reference.tagged(item.source().registry(), item.repository(), tag))
          .toList();
    }

    private void sayWhatListsLeaveOut(List<String> hidden, boolean shown, int notThere) {
      if (!tags.isEmpty() && !item.listed()) {
        // One line for the registry, however many they are.
        problems.add(
            new NotInspected(
                item.source().registry(),
                null,
                Stage.REGISTRY,
                "list repositories of "
                    + item.source().registry()
                    + ": repositories that were there before are not listed and can still be read,"
                    + " such as "
                    + item.repository()
                    + "; what else is left out cannot be known"));
      }
      if (!hidden.isEmpty()) {
        problems.add(
            new NotInspected(
                item.name(),
                null,
                Stage.REPOSITORY,
                "list tags of "
                    + item.name()
                    + ": tags that were there before are not listed and can still be read, such as "
                    + hidden.getFirst()
                    + "; what else is left out cannot be known"));
      }
      if (!shown && tagsListed) {
        problems.add(
            new NotInspected(
                item.name(),
                null,
                Stage.REPOSITORY,
                "it was there before, and is not in the catalog any more; none of its "
                    + notThere
                    + " known tags can be read"));
      }
    }

    /** What a registry lists and cannot be a tag: no request can be made of it. */
    private void refuse(Map<String, String> tags) {
      tags.entrySet().stream()
          .limit(MAX_REFUSED)
          .map(tag ->
              new NotInspected(
                  item.name() + ":" + tag.getKey(), null, Stage.MANIFEST, tag.getValue()))
          .forEach(problems::add);
      if (tags.size() > MAX_REFUSED) {
        problems.add(
            new NotInspected(
                item.name(),
                null,
                Stage.REPOSITORY,
                (tags.size() - MAX_REFUSED) + " more of its tags are none that can be asked for"));
      }
    }

    private void add(Reference reference, FetchedManifest fetched) {
      String mediaType = fetched.descriptor().mediaType();
      if (MediaTypes.isIndex(mediaType)) {
        opened.clear();
        addIndex(reference, fetched, 1);
      } else if (MediaTypes.isManifest(mediaType)) {
        addManifest(reference, fetched, null, null);
      } else {
        notInspected(
            reference,
            fetched.descriptor().digest(),
            "media type \"" + mediaType + "\" is not one of an image manifest or index");
      }
    }

    /**
     * Adds what an index lists; an index inside it is opened as well.
     *
     * @param depth 1 for what the reference itself names
     */
    private void addIndex(Reference reference, FetchedManifest fetched, int depth) {
      ImageIndex index = ImageIndex.parse(fetched.content(), fetched.descriptor().mediaType());
      Digest indexDigest = fetched.descriptor().digest();
      int entries = index.manifests().size();
      if (entries > MAX_ENTRIES) {
        notInspected(
            reference, indexDigest, "an index of " + entries + " entries, limit " + MAX_ENTRIES);
        return;
      }
      if (entries == 0 && !isListOfReferrers(reference)) {
        notInspected(reference, indexDigest, "an index that names nothing");
        return;
      }
      List<Descriptor> runnable = index.runnable();
      index.manifests().stream()
          .filter(entry -> !runnable.contains(entry))
          .forEach(entry -> attached.add(entry.digest()));
      for (Descriptor entry : runnable) {
        Platform platform = entry.platform();
        if (platform != null && !filter.accepts(platform)) {
          continue;
        }
        Reference child =
            Reference.byDigest(reference.registry(), reference.repository(), entry.digest());
        Found known = images.get(entry.digest());
        if (known != null) {
          known.addTag(reference.tag());
          continue;
        }
        if (opened.contains(entry.digest())) {
          continue;
        }
        try {
          FetchedManifest manifest = stored.byDigest(item.source(), child, reference);
          if (!MediaTypes.isIndex(manifest.descriptor().mediaType())) {
            addManifest(reference, manifest, indexDigest, platform);
          } else if (depth < DEEPEST_INDEX) {
            opened.add(entry.digest());
            addIndex(reference, manifest, depth + 1);
          } else {
            notInspected(
                reference,
                entry.digest(),
                "indexes are nested deeper than " + DEEPEST_INDEX + " levels");
          }
        } catch (TareException e) {
          problem(reference, entry.digest(), Stage.MANIFEST, e);
        }
      }
    }

    private void addManifest(
        Reference reference,
        FetchedManifest fetched,
        @Nullable Digest indexDigest,
        @Nullable Platform stated) {
      Digest digest = fetched.descriptor().digest();
      Found known = images.get(digest);
      if (known != null) {
        known.addTag(reference.tag());
        return;
      }
      Manifest manifest = Manifest.parse(fetched.content(), fetched.descriptor().mediaType());
      if (manifest.isArtifact()) {
        attached.add(digest);
        return;
      }
      if (!manifest.isContainerImage()) {
        notInspected(reference, digest, "no container image, as far as known: " + manifest.types());
        return;
      }
      try {
        ImageConfig config =
            ImageConfig.parse(stored.config(item.source(), item.repository(), manifest.config()));
        Platform platform = stated != null ? stated : config.platform();
        if (platform != null && !filter.accepts(platform)) {
          return;
        }
        Found found =
            new Found(
                item,
                digest,
                indexDigest,
                manifest,
                platform == null ? UNSTATED : platform,
                config.diffIds());
        found.addTag(reference.tag());
        images.put(digest, found);
      } catch (TareException e) {
        problem(reference, digest, Stage.CONFIG, e);
      }
    }

    private void notInspected(Reference reference, Digest digest, String reason) {
      problems.add(
          new NotInspected(reference.toString(), digest.toString(), Stage.MANIFEST, reason));
    }

    private void problem(
        Reference reference, @Nullable Digest digest, Stage stage, TareException e) {
      if (e.kind() == FailureKind.ENVIRONMENT && !toleratesUnreachable) {
        throw e;
      }
      problems.add(
          new NotInspected(
              reference.toString(),
              digest == null ? null : digest.toString(),
              stage,
              String.valueOf(e.getMessage()),
              e.kind()));
    }
  }

  /** The tag schema of referrers, {@code sha256-HEX}: where all were deleted, it is empty. */
  private static boolean isListOfReferrers(Reference reference) {
    String tag = reference.tag();
    return tag != null && (tag.startsWith("sha256-") || tag.startsWith("sha512-"));
  }

  private static <T> T result(Future<T> lookup) {
    try {
      return lookup.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TareException(FailureKind.TRANSIENT, "interrupted while listing", null, e);
    }
  }

  /** An image with the tags found for it so far. */
  private record Found(
      RepositoryItem item,
      Digest digest,
      @Nullable Digest indexDigest,
      Manifest manifest,
      Platform platform,
      List<Digest> diffIds,
      Set<String> tags) {
    Found(
        RepositoryItem item,
        Digest digest,
        @Nullable Digest indexDigest,
        Manifest manifest,
        Platform platform,
        List<Digest> diffIds) {
      this(item, digest, indexDigest, manifest, platform, diffIds, new TreeSet<>());
    }

    void addTag(@Nullable String tag) {
      if (tag != null) {
        tags.add(tag);
      }
    }

    ListedImage listed() {
      return new ListedImage(
          item.source().registry(),
          item.repository(),
          digest,
          indexDigest,
          manifest.mediaType(),
          manifest.config().digest(),
          platform,
          List.copyOf(tags),
          diffIds,
          manifest.layers());
    }
  }
}
