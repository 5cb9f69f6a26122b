package dev.tare.facts;

import dev.tare.oci.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image stands on. Null is unknown.
 *
 * @param kind the class of the base: {@code slim}, {@code distroless}, and {@code unknown} where
 *     the evidence fits none
 * @param os null also where there is none
 * @param root the earliest ancestor
 * @param parent the nearest ancestor
 * @param lineage root first, nearest last
 * @param family the official image that its build steps speak for
 * @param annotated what the image says its base is
 * @param boundaries positions in the history where an ancestor most likely ended
 */
public record Base(
    @Nullable String kind,
    @Nullable OperatingSystem os,
    @Nullable Ancestor root,
    @Nullable Ancestor parent,
    List<Ancestor> lineage,
    @Nullable Family family,
    @Nullable Annotated annotated,
    Outdated outdated,
    List<Integer> boundaries) {
  /**
   * The distribution.
   *
   * @param eol last day of its support, as written
   */
  public record OperatingSystem(
      @Nullable String id,
      @Nullable String versionId,
      @Nullable String prettyName,
      @Nullable String eol) {
    static OperatingSystem of(Fields os) {
      return new OperatingSystem(
          os.text("id"), os.text("versionId"), os.text("prettyName"), os.text("eol"));
    }
  }

  /** An image that this one stands on; {@code layers} counts from the root. */
  public record Ancestor(
      @Nullable String reference,
      @Nullable Digest digest,
      @Nullable Integer layers,
      List<String> evidence,
      @Nullable Double confidence,
      @Nullable Boolean tie) {
    static Ancestor of(Fields ancestor) {
      return new Ancestor(
          ancestor.text("reference"),
          ancestor.digest("digest"),
          ancestor.count("layers"),
          ancestor.texts("evidence"),
          ancestor.fraction("confidence"),
          ancestor.flag("tie"));
    }
  }

  /**
   * The official image that the build steps speak for.
   *
   * @param reference null where none can be named
   * @param candidates repositories that would fit, where none is named
   */
  public record Family(
      @Nullable String reference,
      @Nullable String version,
      List<String> evidence,
      @Nullable Double confidence,
      List<String> candidates) {
    static Family of(Fields family) {
      return new Family(
          family.text("reference"),
          family.text("version"),
          family.texts("evidence"),
          family.fraction("confidence"),
          family.texts("candidates"));
    }
  }

  /** What annotations or labels say, as written. */
  public record Annotated(@Nullable String name, @Nullable String digest) {
    static Annotated of(Fields annotated) {
      return new Annotated(annotated.text("name"), annotated.text("digest"));
    }
  }

  /**
   * Whether the tag of the parent has moved on.
   *
   * @param known whether it could be looked up
   */
  public record Outdated(
      @Nullable Boolean known, @Nullable Digest currentDigest, @Nullable Integer lagDays) {
    static Outdated of(Fields outdated) {
      return new Outdated(
          outdated.flag("known"), outdated.digest("currentDigest"), outdated.count("lagDays"));
    }
  }

  static Base of(Fields base) {
    return new Base(
        base.text("class"),
        base.object("os", OperatingSystem::of),
        base.object("root", Ancestor::of),
        base.object("parent", Ancestor::of),
        base.items("lineage", Ancestor::of),
        base.object("family", Family::of),
        base.object("annotated", Annotated::of),
        Outdated.of(base.object("outdated")),
        base.counts("boundaries"));
  }
}
