package dev.tare.registry.local;

import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** An image that an engine exports: what it is made of is known, its layers are read when asked. */
final class EngineExport {
  private final SharedPass pass;
  private final ArchiveFiles files;
  private final LocalImages images;

  /**
   * Exports it once for its table of contents.
   *
   * @param opening exports it
   * @param registry for messages
   * @param budget of what is kept of it
   */
  EngineExport(SharedPass.Opening opening, String registry, KeptBudget budget) throws IOException {
    SharedPass shared = new SharedPass(opening);
    Archive archive =
        new Archive() {
          @Override
          public InputStream open() throws IOException {
            return opening.open();
          }

          @Override
          public InputStream open(ArchiveEntries.Entry entry) throws IOException {
            return shared.open(entry.name());
          }

          @Override
          public boolean isSeekable() {
            return false;
          }
        };
    this.pass = shared;
    this.files = new ArchiveFiles(archive, budget);
    // It is named by the list of the engine, which has the tags of this moment.
    this.images = new SavedImages(registry, "image", files).read();
  }

  LocalImages images() {
    return images;
  }

  /** Its manifest; where it is one of several platforms, the first of those that are here. */
  Descriptor top() throws FileNotFoundException {
    if (images.listed().isEmpty()) {
      throw new FileNotFoundException("the archive holds no image");
    }
    return images.listed().getFirst();
  }

  /** Where a blob stands in the archive; empty where it is not in it. */
  OptionalLong offsetBytes(Digest blob) {
    return files.offsetBytes(images.file(blob));
  }

  /** More than any offset. */
  long sizeBytes() {
    return files.sizeBytes();
  }

  /** Closes what is open where nobody reads. */
  void rest() {
    pass.rest();
  }
}
