package dev.tare.facts;

import dev.tare.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * One layer of an image. Null is unknown.
 *
 * @param index 0 = the root layer
 * @param compressed bytes of the blob
 * @param uncompressed bytes of the tar
 * @param createdBy the build step
 * @param inBase whether an ancestor brought it
 * @param wasted bytes that are copies of what another layer holds
 * @param hiddenBytes what a later layer deleted or replaced
 */
public record Layer(
    @Nullable Integer index,
    @Nullable Digest digest,
    @Nullable Long compressed,
    @Nullable Long uncompressed,
    @Nullable Long files,
    @Nullable String createdBy,
    @Nullable Boolean inBase,
    @Nullable Long wasted,
    @Nullable Long hiddenBytes) {
  static Layer of(Fields layer) {
    return new Layer(
        layer.count("index"),
        layer.digest("digest"),
        layer.number("compressed"),
        layer.number("uncompressed"),
        layer.number("files"),
        layer.text("createdBy"),
        layer.flag("inBase"),
        layer.number("wasted"),
        layer.number("hiddenBytes"));
  }
}
