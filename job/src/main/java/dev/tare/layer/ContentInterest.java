package dev.tare.layer;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which files' content a scan keeps, and in which form. Implementations are stateless. */
public interface ContentInterest {
  /** How many of a file's first bytes {@link #recognises} is shown at most. */
  int LOOKED_AT = 512;

  /**
   * How to keep this regular file's content, or null where it is not wanted by its path. Hard links
   * are not asked for: their content stands under the path they link to.
   */
  @Nullable Extraction wants(String path, long sizeBytes, int mode);

  /** Whether {@link #recognises} ever says anything: else no file is looked at for it. */
  default boolean isRecognising() {
    return false;
  }

  /**
   * How to keep a file that begins like one that is wanted under other paths: a link may lead to it
   * from there. Null where it does not, as for most files. Must not throw.
   *
   * @param wanted what {@link #wants} says of the file
   * @param start holds its first bytes
   * @param length how many of them count
   */
  default @Nullable Extraction recognises(
      String path, long sizeBytes, @Nullable Extraction wanted, byte[] start, int length) {
    return null;
  }

  /** Who wants content, by name, each with its version. */
  default Map<String, Integer> readers() {
    return Map.of();
  }

  /**
   * Names of those of the {@link #readers} that read this regular file: a new version of them would
   * keep something else of it.
   */
  default Set<String> readersOf(LayerEntry file) {
    return Set.of();
  }

  /** Turns a file's content into what is kept of it. */
  interface Extraction {
    /**
     * What is kept, by name and version: the same where the same content is reduced to the same,
     * whatever path it has. Empty for one that is only ever told by being the same object.
     */
    default String form() {
      return "";
    }

    /** Files above this are not read: a gap is recorded instead. */
    int maximumBytes();

    /**
     * What to keep of this content; may be the content itself. Must not throw, whatever the content
     * is: anybody may have written it.
     */
    byte[] reduce(byte[] content);

    /**
     * How much memory it takes to read and reduce a file of this size, at most: what is needed of
     * its content, once as bytes and once more as text, unless it says otherwise.
     */
    default long memoryBytes(long sizeBytes) {
      return 3 * sizeBytes;
    }

    /**
     * Takes the content of one file piece by piece. This one holds all of it and reduces it at the
     * end; an extraction that needs less memory brings its own.
     */
    default ContentReader reader(long sizeBytes) {
      return new WholeContent(this, (int) sizeBytes);
    }
  }
}
