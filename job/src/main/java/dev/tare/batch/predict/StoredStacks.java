package dev.tare.batch.predict;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.facts.Base;
import dev.tare.facts.Layer;
import dev.tare.facts.StoredFacts;
import dev.tare.layer.LayerFacts;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.Manifest;
import dev.tare.rebase.Stack;
import dev.tare.store.DocumentStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Images with their layers, put together from what is stored of them. */
public final class StoredStacks {
  private final DocumentStore documents;
  private final Function<Digest, Optional<LayerFacts>> layers;

  /**
   * Of what is stored here.
   *
   * @param layers what was read of a layer; empty where it was not
   */
  public StoredStacks(DocumentStore documents, Function<Digest, Optional<LayerFacts>> layers) {
    this.documents = documents;
    this.layers = layers;
  }

  /** What stands in a manifest and its config. */
  private record Documents(Manifest manifest, ImageConfig config) {}

  /**
   * An image of which these are the facts.
   *
   * @throws TareException where something of it is not stored any more
   */
  public Stack of(String name, JsonNode facts) {
    StoredFacts stored = StoredFacts.of(facts);
    Digest digest = stored.image().digest();
    Documents found =
        Optional.ofNullable(digest)
            .flatMap(this::documents)
            .orElseThrow(() ->
                new TareException(
                    FailureKind.NOT_FOUND,
                    "rebase " + name + ": its manifest and config are not stored any more",
                    "Scan it again."));
    return new Stack(
        name,
        digest,
        found.manifest().layers(),
        found.manifest().annotations(),
        found.config(),
        layers(stored),
        facts);
  }

  /**
   * The base that the facts of an image name, without its layers.
   *
   * @throws TareException of kind USAGE where they name none by its layers, or nothing more is
   *     stored of it
   */
  public Stack baseOf(Stack image) {
    Base.Ancestor parent = StoredFacts.of(image.document()).base().parent();
    if (parent == null || parent.layers() == null || parent.layers() == 0) {
      throw new TareException(
          FailureKind.USAGE,
          "rebase " + image.name() + ": what it is built on is not known",
          "Name it: --from BASE, or --from scratch where all of its layers are its own.");
    }
    String name = Objects.requireNonNullElse(parent.reference(), "?");
    Documents found =
        Optional.ofNullable(parent.digest())
            .flatMap(this::documents)
            .orElseThrow(() ->
                new TareException(
                    FailureKind.USAGE,
                    "rebase %s: the config of its base %s is not stored here"
                        .formatted(image.name(), name),
                    "Name the base, so that it is read: --from " + name + "."));
    return new Stack(
        name,
        parent.digest(),
        found.manifest().layers(),
        found.manifest().annotations(),
        found.config(),
        List.of(),
        JsonMapper.shared().createObjectNode());
  }

  /** The layers of an image that was described, root first. */
  public List<LayerFacts> layers(StoredFacts facts) {
    return facts.layers().stream()
        .map(Layer::digest)
        .filter(Objects::nonNull)
        .map(digest ->
            layers
                .apply(digest)
                .orElseThrow(() ->
                    new TareException(
                        FailureKind.BAD_CONTENT, "layer " + digest + " was not read")))
        .toList();
  }

  private Optional<Documents> documents(Digest digest) {
    return documents
        .find(digest)
        .map(stored -> Manifest.parse(stored.content(), stored.mediaType()))
        .flatMap(manifest ->
            documents
                .find(manifest.config().digest())
                .map(stored -> new Documents(manifest, ImageConfig.parse(stored.content()))));
  }
}
