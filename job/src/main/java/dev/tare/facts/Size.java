package dev.tare.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sizes of the whole image in bytes. Null is unknown.
 *
 * @param addedOverBase null also where no ancestor is known
 * @param efficiency 0 to 1
 * @param largestFiles the largest first
 * @param previous the build before this one; null also where there is none
 */
public record Size(
    @Nullable Long compressed,
    @Nullable Long uncompressed,
    @Nullable Long addedOverBase,
    @Nullable Long files,
    @Nullable Long wasted,
    @Nullable Double efficiency,
    List<LargeFile> largestFiles,
    @Nullable Previous previous) {
  /** One of the largest files. */
  public record LargeFile(@Nullable String path, @Nullable Long bytes, @Nullable Integer layer) {
    static LargeFile of(Fields file) {
      return new LargeFile(file.text("path"), file.number("bytes"), file.count("layer"));
    }
  }

  /** The build before this one; {@code compressed} are the bytes of its layers. */
  public record Previous(@Nullable String reference, @Nullable Long compressed) {
    static Previous of(Fields previous) {
      return new Previous(previous.text("reference"), previous.number("compressed"));
    }
  }

  static Size of(Fields size) {
    return new Size(
        size.number("compressed"),
        size.number("uncompressed"),
        size.number("addedOverBase"),
        size.number("files"),
        size.number("wasted"),
        size.fraction("efficiency"),
        size.items("largestFiles", LargeFile::of),
        size.object("previous", Previous::of));
  }
}
