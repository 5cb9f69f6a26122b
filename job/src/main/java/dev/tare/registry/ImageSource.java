package dev.tare.registry;

import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.Reference;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Somewhere images come from. Safe for concurrent use. Every method throws {@link
 * dev.tare.error.TareException}, whose message begins with the action and its subject.
 */
public interface ImageSource extends AutoCloseable {
  /** The registry part of the references of its images: {@code localhost:5001}. */
  String registry();

  /** The repositories, page by page as they are consumed. */
  Iterator<String> repositories();

  /** The tags of a repository, sorted; empty where it has none (any more). */
  List<String> tags(String repository);

  /**
   * Images of a repository that have no tag, where the source lists such: no registry does, layouts
   * and saved archives do.
   */
  default List<Digest> untagged(String repository) {
    return List.of();
  }

  /**
   * The descriptor behind a tag or digest, without fetching the manifest where the source can tell
   * (HEAD).
   */
  Descriptor resolve(Reference image);

  /**
   * What the source itself knows an image by, where resolving it means to read all of it: the
   * digest of its config, or of its manifest. Whoever knows a manifest of this need not resolve it.
   */
  default Optional<Digest> id(Reference image) {
    return Optional.empty();
  }

  /** The manifest or index behind a tag or digest, digest verified. */
  FetchedManifest manifest(Reference image);

  /**
   * A blob as a stream, from its first byte; dropped connections are resumed. The content is not
   * verified: whoever consumes it does that. The caller closes the stream, at any point of it.
   * Reading throws a TareException of kind TRANSIENT, not an IOException, when the connection is
   * lost for good, so that it cannot be taken for a layer that ends early.
   */
  InputStream blob(String repository, Descriptor blob);

  /**
   * Where a blob stands in the one stream from which the source gives several: those that are asked
   * for in this order are had at once. Empty where each is had by itself, or where the blob is not
   * found: whoever asks for it is told why.
   */
  default OptionalLong position(String repository, Descriptor blob) {
    return OptionalLong.empty();
  }

  /**
   * A part of a blob as a stream, not resumed where the connection drops; empty where the source
   * gives a blob whole or not at all. The caller closes the stream.
   */
  default Optional<InputStream> blobPart(
      String repository, Descriptor blob, long offsetBytes, long lengthBytes) {
    return Optional.empty();
  }

  /**
   * What is attached to a manifest, where the source can say; empty where it cannot, and whoever
   * asks has to look for the tags that stand in for it.
   *
   * @see <a
   *     href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema">Referrers
   *     tag schema</a>
   */
  default Optional<List<Descriptor>> referrers(String repository, Digest subject) {
    return Optional.empty();
  }

  /**
   * Why signatures and attestations that an image has may not be here; empty where the source has
   * what there is. A file holds what was put into it, and nothing in it says what was left out.
   */
  default Optional<String> attachmentsLeftOut() {
    return Optional.empty();
  }

  @Override
  void close();
}
