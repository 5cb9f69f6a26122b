package dev.tare.inspect.content;

import dev.tare.facts.Fact;
import dev.tare.layer.ContentInterest.Extraction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of files whose content is kept, told by whoever reads it: which files, what of them, and
 * which fact is incomplete without them. Implementations are stateless.
 */
public interface KeptKind {
  /** Who reads it, as people are told: {@code rpm}, {@code accounts}. No two have the same. */
  String name();

  /**
   * Is counted up whenever something else is kept than before: of a file, or of further files. The
   * layers that have a file of this kind are then read again, and no others.
   */
  int version();

  /** How to keep this file, which is not empty; null where it is none of this kind. */
  @Nullable Extraction wants(LayerFile file);

  /**
   * How to keep a file that lies elsewhere but begins like one of this kind; null where it does
   * not. A link may lead to it from where this kind is looked for.
   */
  default @Nullable Extraction recognises(FileStart start) {
    return null;
  }

  /**
   * Files and directories that are looked for at these paths and nowhere else: what lies there is
   * found through links, too.
   */
  default List<String> places() {
    return List.of();
  }

  /**
   * Whether files below a directory of this name may be of this kind because of the name, so that
   * they are one more of it where the name is a link.
   */
  default boolean isNamedFor(String directory) {
    return false;
  }

  /**
   * The fact that is incomplete where this path could not be read; null where it is none of these.
   */
  @Nullable Fact factOf(String path);
}
