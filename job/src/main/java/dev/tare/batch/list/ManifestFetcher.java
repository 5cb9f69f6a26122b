package dev.tare.batch.list;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.inspect.ShownDocument;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Reference;
import dev.tare.registry.FetchedManifest;
import dev.tare.registry.ImageSource;
import dev.tare.store.DocumentStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gets manifests, indexes and configs: from the store where their digest is known, else from the
 * registry.
 */
public final class ManifestFetcher {
  private static final int MAXIMUM_BYTES = 8 << 20;

  private final DocumentStore documents;
  private final Function<Digest, Optional<DocumentStore.Document>> stored;

  public ManifestFetcher(DocumentStore documents) {
    this(documents, documents::find);
  }

  private ManifestFetcher(
      DocumentStore documents, Function<Digest, Optional<DocumentStore.Document>> stored) {
    this.documents = documents;
    this.stored = stored;
  }

  /**
   * The same for what stands behind these manifests and indexes: the store is asked for them at
   * once.
   */
  ManifestFetcher behind(Collection<Digest> named) {
    DocumentStore.Several several = documents.behind(named);
    return new ManifestFetcher(documents, several::find);
  }

  /** The manifest or index behind a tag; costs one HEAD where its digest is known. */
  public FetchedManifest byTag(ImageSource source, Reference image) {
    return byDigest(source, resolve(source, image), image);
  }

  /** The manifest or index behind a tag, by its digest. */
  Reference resolve(ImageSource source, Reference image) {
    Digest digest =
        source
            .id(image)
            .flatMap(id -> documents.manifest(image.registry(), id))
            .orElseGet(() -> source.resolve(image).digest());
    return Reference.byDigest(image.registry(), image.repository(), digest);
  }

  /** The manifest or index with a digest; {@code shown} names it in errors. */
  public FetchedManifest byDigest(ImageSource source, Reference byDigest, Reference shown) {
    Digest digest = byDigest.digest();
    if (digest == null) {
      throw new IllegalArgumentException(shown + " has no digest");
    }
    Optional<DocumentStore.Document> known = stored.apply(digest);
    if (known.isPresent()) {
      byte[] content = known.get().content();
      return new FetchedManifest(
          new Descriptor(known.get().mediaType(), digest, content.length), content);
    }
    FetchedManifest fetched = source.manifest(byDigest);
    documents.keep(fetched.descriptor(), ShownDocument.of(fetched.content()));
    return fetched;
  }

  /** The config blob of an image, verified, and then without the values of secrets. */
  public byte[] config(ImageSource source, String repository, Descriptor config) {
    return document(source, repository, config, "config", MediaTypes.OCI_CONFIG);
  }

  /**
   * A small blob, verified, and then without the values of secrets.
   *
   * @param what it is, for errors
   * @param usualType its media type where the descriptor names none
   */
  public byte[] document(
      ImageSource source, String repository, Descriptor blob, String what, String usualType) {
    Optional<DocumentStore.Document> known = stored.apply(blob.digest());
    if (known.isPresent()) {
      return known.get().content();
    }
    String subject =
        "pull " + what + " " + blob.digest() + " of " + source.registry() + "/" + repository;
    if (blob.sizeBytes() > MAXIMUM_BYTES) {
      throw new TareException(
          FailureKind.LIMIT,
          subject + ": " + blob.sizeBytes() + " bytes, at most " + MAXIMUM_BYTES);
    }
    byte[] content;
    try (InputStream in = source.blob(repository, blob)) {
      content = in.readNBytes(MAXIMUM_BYTES + 1);
    } catch (IOException e) {
      throw new TareException(FailureKind.TRANSIENT, subject + ": " + e.getMessage(), null, e);
    }
    Digest actual = blob.digest().withHash(blob.digest().newMessageDigest().digest(content));
    if (!actual.equals(blob.digest())) {
      throw new TareException(
          FailureKind.BAD_CONTENT, subject + ": the content's digest is " + actual);
    }
    if (content.length != blob.sizeBytes()) {
      throw new TareException(
          FailureKind.BAD_CONTENT,
          subject
              + ": the content has "
              + content.length
              + " bytes, its descriptor says "
              + blob.sizeBytes());
    }
    byte[] shown = ShownDocument.of(content);
    documents.keep(
        new Descriptor(
            blob.mediaType().isEmpty() ? usualType : blob.mediaType(),
            blob.digest(),
            content.length),
        shown);
    return shown;
  }
}
