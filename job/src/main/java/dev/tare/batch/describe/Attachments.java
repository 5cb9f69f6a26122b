package dev.tare.batch.describe;

import dev.tare.batch.Sources;
import dev.tare.batch.list.AttachmentTags;
import dev.tare.batch.list.ManifestFetcher;
import dev.tare.error.TareException;
import dev.tare.lineage.Material;
import dev.tare.lineage.Provenance;
import dev.tare.lineage.Statement;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageIndex;
import dev.tare.oci.Manifest;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Reference;
import dev.tare.registry.FetchedManifest;
import dev.tare.registry.ImageSource;
import dev.tare.store.DocumentStore;
import dev.tare.store.ReferrersApis;
import dev.tare.store.StoredImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what is attached to an image: BuildKit's attestation manifests in its index, referrers
 * (by the API, else by the tag schema), and the tags that cosign makes. Safe for concurrent use.
 *
 * @see <a href="https://docs.docker.com/build/metadata/attestations/attestation-storage/">BuildKit,
 *     image attestation storage</a>
 * @see <a
 *     href="https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md#tag-based-discovery">cosign,
 *     tag-based discovery</a>
 */
public final class Attachments {
  /** Signatures by many hands may hang on one image; more than this is nobody's practice. */
  private static final int MOST = 64;

  private static final String ATTESTED_DIGEST = "vnd.docker.reference.digest";
  private static final Set<String> PREDICATE_TYPE_ANNOTATIONS =
      Set.of("in-toto.io/predicate-type", "predicateType", "dev.sigstore.bundle.predicateType");

  /** What cosign 3 calls a signature in the shape of an attestation. */
  private static final String SIGNATURE_PREDICATE = "https://sigstore.dev/cosign/sign/v1";

  private final Sources sources;
  private final ManifestFetcher fetcher;
  private final ReferrersApis apis;
  private final AttachmentTags tags;

  /** Repositories, by their names, and whether their registry is known to have no API. */
  private final Map<String, Boolean> withoutApi = new ConcurrentHashMap<>();

  public Attachments(
      Sources sources, ManifestFetcher fetcher, ReferrersApis apis, AttachmentTags tags) {
    this.sources = sources;
    this.fetcher = fetcher;
    this.apis = apis;
    this.tags = tags;
  }

  /**
   * What is attached to an image.
   *
   * @param documents among which its index is
   */
  Provenance of(StoredImage image, DocumentStore.Several documents) {
    return new Search(image, documents).found();
  }

  /** The search for one image's attachments. */
  private final class Search {
    private final StoredImage image;
    private final DocumentStore.Several documents;
    private final ImageSource source;
    private final Set<Digest> subjects = new HashSet<>();
    private final Set<Digest> seen = new HashSet<>();
    private final Set<String> attestations = new TreeSet<>();
    private final List<Material> materials = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private boolean signed;
    private boolean sbom;

    Search(StoredImage image, DocumentStore.Several documents) {
      this.image = image;
      this.documents = documents;
      this.source = sources.of(image.registry());
      subjects.add(image.digest());
      Digest index = image.indexDigest();
      if (index != null) {
        subjects.add(index);
      }
    }

    Provenance found() {
      noting(this::attestationsOfIndex);
      for (Digest subject : subjects) {
        noting(() -> referrers(subject));
      }
      source.attachmentsLeftOut().ifPresent(problems::add);
      return new Provenance(signed, List.copyOf(attestations), sbom, materials, problems);
    }

    /** What cannot be read is a gap, not the end of the search. */
    private void noting(Runnable step) {
      try {
        step.run();
      } catch (TareException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }

    private void attestationsOfIndex() {
      Digest indexDigest = image.indexDigest();
      Optional<DocumentStore.Document> stored =
          indexDigest == null ? Optional.empty() : documents.find(indexDigest);
      stored.ifPresent(document ->
          ImageIndex.parse(document.content(), document.mediaType()).manifests().stream()
              .filter(entry ->
                  image.digest().toString().equals(entry.annotations().get(ATTESTED_DIGEST)))
              .forEach(this::attached));
    }

    private void referrers(Digest subject) {
      Optional<List<Descriptor>> listed = byApi(subject);
      Set<String> all = tags.of(source, image.repository());
      String tag = subject.algorithm() + "-" + subject.hex();
      if (listed.isPresent()) {
        listed.get().forEach(this::attached);
      } else if (all.contains(tag)) {
        FetchedManifest index = byTag(tag);
        if (MediaTypes.isIndex(index.descriptor().mediaType())) {
          ImageIndex.parse(index.content(), index.descriptor().mediaType())
              .manifests()
              .forEach(this::attached);
        }
      }
      signed |= all.contains(tag + ".sig");
      sbom |= all.contains(tag + ".sbom");
      if (all.contains(tag + ".att")) {
        FetchedManifest statements = byTag(tag + ".att");
        read(Manifest.parse(statements.content(), statements.descriptor().mediaType()), "");
      }
    }

    private Optional<List<Descriptor>> byApi(Digest subject) {
      String repository = image.registry() + "/" + image.repository();
      if (withoutApi.computeIfAbsent(
          repository, unknown -> apis.isMissing(image.registry(), image.repository()))) {
        return Optional.empty();
      }
      Optional<List<Descriptor>> listed = source.referrers(image.repository(), subject);
      if (listed.isEmpty()) {
        apis.missing(image.registry(), image.repository());
        withoutApi.put(repository, true);
      }
      return listed;
    }

    private FetchedManifest byTag(String tag) {
      return fetcher.byTag(source, Reference.tagged(image.registry(), image.repository(), tag));
    }

    private void attached(Descriptor descriptor) {
      if (!seen.add(descriptor.digest())) {
        return;
      }
      if (seen.size() > MOST) {
        if (seen.size() == MOST + 1) {
          problems.add("more things are attached than the " + MOST + " that are read");
        }
        return;
      }
      noting(() -> {
        Reference reference =
            Reference.byDigest(image.registry(), image.repository(), descriptor.digest());
        FetchedManifest fetched = fetcher.byDigest(source, reference, reference);
        Manifest manifest = Manifest.parse(fetched.content(), fetched.descriptor().mediaType());
        String type = artifactType(manifest);
        signed |= isSignature(type);
        sbom |= isSbom(type);
        String predicate = predicateType(descriptor.annotations());
        read(manifest, predicate == null ? "" : predicate);
      });
    }

    private void read(Manifest manifest, String predicateOfManifest) {
      for (Descriptor layer : manifest.layers()) {
        String said = predicateType(layer.annotations());
        String predicate = said == null ? predicateOfManifest : said;
        if (!predicate.isEmpty()) {
          stated(predicate);
        }
        boolean maySayMaterials = predicate.isEmpty() || predicate.contains("slsa.dev/provenance");
        if (isStatement(layer.mediaType()) && maySayMaterials) {
          noting(() -> statement(layer));
        } else {
          sbom |= isSbom(layer.mediaType());
        }
      }
    }

    private void statement(Descriptor layer) {
      Statement statement =
          Statement.parse(
              fetcher.document(
                  source, image.repository(), layer, "attestation", layer.mediaType()));
      if (statement.isAbout(subjects)) {
        stated(statement.predicateType());
        materials.addAll(statement.materials());
      }
    }

    private void stated(String predicateType) {
      if (predicateType.equals(SIGNATURE_PREDICATE)) {
        signed = true;
      } else {
        attestations.add(predicateType);
        sbom |= isSbom(predicateType);
      }
    }
  }

  /**
   * The manifest's own word, not the descriptor's of the list of referrers: some registries put the
   * config's media type there whatever the manifest says.
   */
  private static String artifactType(Manifest manifest) {
    String own = manifest.artifactType();
    return own == null ? manifest.config().mediaType() : own;
  }

  private static @Nullable String predicateType(Map<String, String> annotations) {
    return PREDICATE_TYPE_ANNOTATIONS.stream()
        .map(annotations::get)
        .filter(type -> type != null && !type.isBlank())
        .findFirst()
        .orElse(null);
  }

  /** cosign, before and since it has referrers, and Notary. */
  private static boolean isSignature(String artifactType) {
    return artifactType.startsWith("application/vnd.dev.cosign.artifact.sig.")
        || artifactType.startsWith("application/vnd.dev.cosign.simplesigning.")
        || artifactType.equals("application/vnd.cncf.notary.signature");
  }

  private static boolean isSbom(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.contains("spdx")
        || lower.contains("cyclonedx")
        || lower.startsWith("application/vnd.syft")
        || lower.startsWith("application/vnd.dev.cosign.artifact.sbom.");
  }

  private static boolean isStatement(String mediaType) {
    return mediaType.startsWith("application/vnd.in-toto")
        || mediaType.startsWith("application/vnd.dsse.envelope.")
        || mediaType.startsWith("application/vnd.dev.sigstore.bundle");
  }
}
