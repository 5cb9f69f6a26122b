package dev.tare.batch.compare;

import dev.tare.batch.ImageSide;
import dev.tare.batch.InspectJob;
import dev.tare.batch.JudgeRequest;
import dev.tare.batch.Progress;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.facts.Base;
import dev.tare.facts.StoredFacts;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.Manifest;
import dev.tare.rebase.Stack;
import dev.tare.store.DocumentStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts images together from what is stored of them, to lay their layers elsewhere. */
public final class StackReader {
  private static final String ACTION = "rebase";

  private final DocumentStore documents;
  private final InspectJob inspect;
  private final ImageSides sides;

  public StackReader(DocumentStore documents, InspectJob inspect, ImageSides sides) {
    this.documents = documents;
    this.inspect = inspect;
    this.sides = sides;
  }

  /** What stands in a manifest and its config. */
  private record Documents(Manifest manifest, ImageConfig config) {}

  /** An image that somebody names; throws as {@link ImageSides#facts} does. */
  public Stacks of(ImageSide side, JudgeRequest judging, Progress progress) {
    Map<String, Stack> byPlatform = new TreeMap<>();
    sides
        .facts(ACTION, side, judging, progress)
        .forEach((platform, facts) -> byPlatform.put(platform, of(side.name(), facts)));
    return new Stacks(side.name(), byPlatform, null);
  }

  /** The same of a base, which may be {@code scratch}. */
  public Stacks base(ImageSide side, JudgeRequest judging, Progress progress) {
    return side.name().equals(Stack.SCRATCH.name())
        ? new Stacks(side.name(), Map.of(), Stack.SCRATCH)
        : of(side, judging, progress);
  }

  /** An image of which these are the facts. */
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
        inspect.layers(stored),
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
