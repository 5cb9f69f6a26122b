package dev.tare.registry.local;

import dev.tare.oci.Descriptor;
import dev.tare.oci.ImageIndex;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Reference;
import dev.tare.oci.WrittenName;
import dev.tare.registry.protocol.ManifestGet;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The images of an OCI layout: what its {@code index.json} lists. */
final class LayoutImages {
  static final String INDEX = "index.json";

  /** {@code 1.2}, or from some builders a whole name. */
  private static final String REF_NAME = "org.opencontainers.image.ref.name";

  /** {@code docker.io/library/alpine:3.20}: containerd and BuildKit. */
  private static final String IMAGE_NAME = "io.containerd.image.name";

  private final String repository;
  private final LocalFiles files;

  /**
   * Of these files.
   *
   * @param repository what images are called where nothing else names them
   */
  LayoutImages(String repository, LocalFiles files) {
    this.repository = repository;
    this.files = files;
  }

  LocalImages read() throws IOException {
    LocalImages images = new LocalImages(files);
    for (Descriptor entry : index(files).manifests()) {
      String name = entry.annotations().get(IMAGE_NAME);
      images.add(named(name == null ? entry.annotations().get(REF_NAME) : name, entry));
    }
    return images;
  }

  static ImageIndex index(LocalFiles files) throws IOException {
    if (!files.has(INDEX)) {
      throw new FileNotFoundException(
          "there is neither an " + INDEX + " nor a " + SavedImages.MANIFEST);
    }
    try (InputStream in = files.open(INDEX)) {
      return ImageIndex.parse(in.readNBytes(ManifestGet.LONGEST_BYTES), MediaTypes.OCI_INDEX);
    }
  }

  private LocalImage named(@Nullable String name, Descriptor manifest) {
    return name == null
        ? new LocalImage(repository, null, manifest)
        : named(repository, name, manifest);
  }

  /** {@code TAG}, {@code NAME:TAG} or {@code NAME}. */
  static LocalImage named(String otherwise, String name, Descriptor manifest) {
    WrittenName written = WrittenName.of(name);
    String tag = written.tag();
    String repository = written.repository();
    if (tag == null && !name.contains("/")) {
      tag = name;
      repository = otherwise;
    }
    return new LocalImage(
        LocalNames.repository(repository),
        tag != null && Reference.isTag(tag) ? tag : null,
        manifest);
  }
}
