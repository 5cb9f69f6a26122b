package dev.tare.registry.local;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.Reference;
import dev.tare.registry.FetchedManifest;
import dev.tare.registry.ImageSource;
import dev.tare.registry.protocol.ManifestType;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The images of an OCI layout or a saved archive. What is wrong with the place as a whole is said
 * when its tags are asked for, as a registry would of a repository; only a place that is not there
 * is said at once.
 */
final class LocalImageSource implements ImageSource {
  private final LocalPlace place;
  private @Nullable LocalImages images;

  LocalImageSource(LocalPlace place) {
    this.place = place;
  }

  @Override
  public String registry() {
    return place.registry();
  }

  @Override
  public Iterator<String> repositories() {
    List<String> names;
    try {
      names = List.copyOf(images().repositories());
    } catch (TareException e) {
      if (e.kind() == FailureKind.ENVIRONMENT) {
        throw e;
      }
      names = List.of();
    }
    return (names.isEmpty() ? List.of(place.repository()) : names).iterator();
  }

  @Override
  public List<String> tags(String repository) {
    return of(repository).stream()
        .map(LocalImage::tag)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .sorted()
        .toList();
  }

  @Override
  public List<Digest> untagged(String repository) {
    return of(repository).stream()
        .filter(image -> image.tag() == null)
        .map(image -> image.manifest().digest())
        .distinct()
        .toList();
  }

  private Set<LocalImage> of(String repository) {
    if (images().repositories().isEmpty()) {
      throw new TareException(
          FailureKind.NOT_FOUND, "list images of " + registry() + ": there are none");
    }
    return images().of(repository);
  }

  @Override
  public Descriptor resolve(Reference image) {
    Descriptor listed = listed(image);
    return listed == null ? manifest(image).descriptor() : listed;
  }

  @Override
  public FetchedManifest manifest(Reference image) {
    String action = "read manifest " + image;
    Descriptor listed = listed(image);
    Digest digest = image.digest();
    return LocalReading.of(
        action,
        () -> {
          if (listed != null) {
            return fetched(action, images().document(action, listed), listed);
          }
          if (digest == null) {
            throw new FileNotFoundException("there is no image of this name");
          }
          byte[] content = images().document(action, digest);
          return fetched(action, content, new Descriptor("", digest, content.length));
        });
  }

  private @Nullable Descriptor listed(Reference image) {
    Digest digest = image.digest();
    return digest == null
        ? images().named(image.repository(), image.selector())
        : images().listed(digest);
  }

  private static FetchedManifest fetched(String action, byte[] content, Descriptor descriptor) {
    String type = ManifestType.of(action, content, descriptor.mediaType());
    return new FetchedManifest(new Descriptor(type, descriptor.digest(), content.length), content);
  }

  @Override
  public InputStream blob(String repository, Descriptor blob) {
    String action = "read blob " + blob.digest() + " of " + registry();
    return LocalReading.of(action, () -> images().open(blob.digest()));
  }

  @Override
  public Optional<String> attachmentsLeftOut() {
    return Optional.of(
        place.prefix().equals(LocalPlace.ARCHIVE)
            ? "an archive of docker save leaves out signatures and referrers"
            : "an OCI layout need not hold the image's signatures and referrers");
  }

  private synchronized LocalImages images() {
    LocalImages known = images;
    if (known == null) {
      known = LocalReading.of("read " + registry(), () -> place.images(place.files()));
      images = known;
    }
    return known;
  }

  @Override
  public void close() {
    // Every stream is closed by whoever reads it; there is nothing else to close.
  }
}
