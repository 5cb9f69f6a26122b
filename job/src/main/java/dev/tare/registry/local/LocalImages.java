package dev.tare.registry.local;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.registry.protocol.ManifestGet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which images there are in a place, and where their content is: a file {@code
 * blobs/ALGORITHM/HEX}, another file, or bytes that were made up because the place has no manifest.
 */
final class LocalImages {
  private final LocalFiles files;
  private final Map<String, Set<LocalImage>> byRepository = new TreeMap<>();
  private final Map<String, Descriptor> byName = new HashMap<>();
  private final Map<Digest, Descriptor> byDigest = new LinkedHashMap<>();
  private final Map<Digest, String> names = new HashMap<>();
  private final Map<Digest, byte[]> made = new HashMap<>();

  LocalImages(LocalFiles files) {
    this.files = files;
  }

  /** Adds an image; where another one has its tag already, without the tag. */
  void add(LocalImage image) {
    Set<LocalImage> others =
        byRepository.computeIfAbsent(image.repository(), name -> new LinkedHashSet<>());
    if (others.contains(image)) {
      return;
    }
    boolean free =
        image.tag() == null
            || byName.putIfAbsent(name(image.repository(), image.tag()), image.manifest()) == null;
    others.add(free ? image : new LocalImage(image.repository(), null, image.manifest()));
    byDigest.putIfAbsent(image.manifest().digest(), image.manifest());
  }

  private static String name(String repository, String tag) {
    return repository + ":" + tag;
  }

  /** The content of this digest is in the file of this name. */
  void name(Digest digest, String name) {
    names.put(digest, name);
  }

  /** The content of this digest is this. */
  void make(Digest digest, byte[] content) {
    made.put(digest, content);
  }

  /** The repositories that images are called by, sorted. */
  Set<String> repositories() {
    return byRepository.keySet();
  }

  /** The images of a repository in the order in which they were added. */
  Set<LocalImage> of(String repository) {
    return byRepository.getOrDefault(repository, Set.of());
  }

  /** The different manifests and indexes of the images, in the order in which they were added. */
  List<Descriptor> listed() {
    return List.copyOf(byDigest.values());
  }

  /** The manifest or index of this name. */
  @Nullable Descriptor named(String repository, String tag) {
    return byName.get(name(repository, tag));
  }

  /** The manifest or index that an image here has, where one has it. */
  @Nullable Descriptor listed(Digest manifest) {
    return byDigest.get(manifest);
  }

  boolean has(Digest digest) {
    return made.containsKey(digest) || files.has(file(digest));
  }

  /** The content from its first byte. */
  InputStream open(Digest digest) throws IOException {
    byte[] content = made.get(digest);
    return content != null ? new ByteArrayInputStream(content) : files.open(file(digest));
  }

  /** A document of at most {@link ManifestGet#LONGEST_BYTES}, digest verified. */
  byte[] document(String action, Digest digest) throws IOException {
    byte[] content;
    try (InputStream in = open(digest)) {
      content = in.readNBytes(ManifestGet.LONGEST_BYTES + 1);
    }
    if (content.length > ManifestGet.LONGEST_BYTES) {
      throw new TareException(
          FailureKind.LIMIT, action + ": more than " + ManifestGet.LONGEST_BYTES + " bytes");
    }
    Digest actual = digest.withHash(digest.newMessageDigest().digest(content));
    if (!actual.equals(digest)) {
      throw new TareException(
          FailureKind.BAD_CONTENT,
          action + ": the content has digest " + actual + ", expected " + digest);
    }
    return content;
  }

  /** The manifest or index of this descriptor, digest and size verified. */
  byte[] document(String action, Descriptor descriptor) throws IOException {
    byte[] content = document(action, descriptor.digest());
    if (content.length != descriptor.sizeBytes()) {
      throw new TareException(
          FailureKind.BAD_CONTENT,
          action
              + ": the content has "
              + content.length
              + " bytes, its descriptor says "
              + descriptor.sizeBytes());
    }
    return content;
  }

  /** The file with this content. */
  String file(Digest digest) {
    String name = names.get(digest);
    return name != null ? name : "blobs/" + digest.algorithm() + "/" + digest.hex();
  }
}
