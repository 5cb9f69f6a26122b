package dev.tare.testing;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Reference;
import dev.tare.registry.FetchedManifest;
import dev.tare.registry.ImageSource;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A registry in memory whose images, rights and manners change at random, and that takes down what
 * it answered. Some of its images break rule A or B.
 */
public final class FickleRegistry implements ImageSource {
  /** Its name. */
  public static final String HOST = "fickle.example:5000";

  /** How it treats a repository. */
  private enum Manner {
    HONEST,
    NOT_IN_CATALOG,
    HIDDEN,
    REFUSED,
    NO_TAGS_LISTED,
    TAG_LIST_MISSING,
    MANIFESTS_MISSING,
    SOME_TAGS_LISTED,
    BUSY
  }

  private final Random random;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Map<String, byte[]>> content = new TreeMap<>();
  private final Map<String, Manner> manners = new HashMap<>();
  private final Map<Digest, Set<String>> broken = new HashMap<>();
  private final Map<Digest, byte[]> blobs = new HashMap<>();
  private boolean emptyCatalog;
  private boolean nothingThere;
  private int builds;

  private final Set<String> read = ConcurrentHashMap.newKeySet();
  private final Set<String> missing = ConcurrentHashMap.newKeySet();
  private final Set<String> listed = ConcurrentHashMap.newKeySet();
  private final Set<String> emptyLists = ConcurrentHashMap.newKeySet();
  private final Set<String> unlisted = ConcurrentHashMap.newKeySet();
  private final Set<String> catalogued = ConcurrentHashMap.newKeySet();

  /** With so many repositories of one to three tags, most of which break a rule. */
  public FickleRegistry(Random random, int repositories) {
    this.random = random;
    for (int number = 0; number < repositories; number++) {
      String name = (number % 3 == 0 ? "team/r" : "base/r") + number;
      names.add(name);
      content.put(name, new TreeMap<>());
      for (int tag = 0; tag <= random.nextInt(3); tag++) {
        build(name, TAGS.get(tag));
      }
    }
  }

  private static final List<String> TAGS = List.of("1", "2", "latest");

  private void build(String name, String tag) {
    byte[] config =
        ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"author\":\"" + ++builds + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    Digest configDigest = Digest.sha256(config);
    byte[] manifest =
        ("{\"schemaVersion\":2,\"mediaType\":\""
                + MediaTypes.OCI_MANIFEST
                + "\",\"config\":{\"mediaType\":\""
                + MediaTypes.OCI_CONFIG
                + "\",\"digest\":\""
                + configDigest
                + "\",\"size\":"
                + config.length
                + "},\"layers\":[]}")
            .getBytes(StandardCharsets.UTF_8);
    Digest digest = Digest.sha256(manifest);
    blobs.put(configDigest, config);
    blobs.put(digest, manifest);
    broken.put(
        digest,
        switch (random.nextInt(5)) {
          case 0 -> Set.of();
          case 1 -> Set.of("A");
          case 2 -> Set.of("A", "B");
          default -> Set.of("B");
        });
    content.get(name).put(tag, manifest);
  }

  /** A night passes. */
  public void change() {
    emptyCatalog = random.nextInt(12) == 0;
    nothingThere = random.nextInt(15) == 0;
    boolean storm = random.nextInt(6) == 0;
    boolean calm = random.nextInt(3) == 0;
    for (String name : names) {
      if (calm) {
        manners.put(name, Manner.HONEST);
      } else if (random.nextInt(storm ? 2 : 12) == 0) {
        Manner[] all = Manner.values();
        manners.put(name, all[random.nextInt(all.length)]);
      }
      Map<String, byte[]> tags = content.get(name);
      switch (random.nextInt(storm ? 6 : 20)) {
        case 0 -> tags.clear();
        case 1 -> tags.remove(TAGS.get(random.nextInt(3)));
        case 2, 3 -> build(name, TAGS.get(random.nextInt(3)));
        default -> {}
      }
    }
  }

  /** Forgets what it answered. */
  public void beginRun() {
    List.of(read, missing, listed, emptyLists, unlisted, catalogued).forEach(Set::clear);
  }

  /** One of its repositories, there or not. */
  public String anyRepository() {
    return names.get(random.nextInt(names.size()));
  }

  /** Which rules an image breaks. */
  public Set<String> broken(Digest digest) {
    return broken.getOrDefault(digest, Set.of());
  }

  /** The same, of a digest in words. */
  public Set<String> broken(String digest) {
    return broken(Digest.parse(digest));
  }

  /** Tags that were read, {@code repository:tag}. */
  public Set<String> readTags() {
    return read;
  }

  /** Tags that were asked for by name, and told not to be there. */
  public Set<String> missingTags() {
    return missing;
  }

  /** Repositories whose tags were listed. */
  public Set<String> listed() {
    return listed;
  }

  /** Those of them whose list was empty. */
  public Set<String> emptyLists() {
    return emptyLists;
  }

  /** Repositories that were told not to be there, and of which no tag was read. */
  public Set<String> missingRepositories() {
    return unlisted.stream()
        .filter(name -> read.stream().noneMatch(tag -> tag.startsWith(name + ":")))
        .collect(java.util.stream.Collectors.toSet());
  }

  /** Repositories that the catalog listed. */
  public Set<String> catalogued() {
    return catalogued;
  }

  private Manner manner(String name) {
    return nothingThere ? Manner.HIDDEN : manners.getOrDefault(name, Manner.HONEST);
  }

  @Override
  public String registry() {
    return HOST;
  }

  @Override
  public Iterator<String> repositories() {
    List<String> all =
        names.stream()
            .filter(name -> !emptyCatalog && !content.get(name).isEmpty())
            .filter(name ->
                switch (manner(name)) {
                  case HIDDEN, NOT_IN_CATALOG -> false;
                  default -> true;
                })
            .toList();
    catalogued.addAll(all);
    return all.iterator();
  }

  @Override
  public List<String> tags(String repository) {
    Map<String, byte[]> tags = content.getOrDefault(repository, Map.of());
    List<String> all =
        switch (manner(repository)) {
          case HIDDEN, TAG_LIST_MISSING -> List.of();
          case REFUSED -> throw new TareException(FailureKind.DENIED, "list tags: 403");
          case BUSY -> throw new TareException(FailureKind.TRANSIENT, "list tags: 503");
          case NO_TAGS_LISTED -> List.of();
          case SOME_TAGS_LISTED -> tags.keySet().stream().limit(1).toList();
          case HONEST, NOT_IN_CATALOG, MANIFESTS_MISSING -> List.copyOf(tags.keySet());
        };
    Manner manner = manner(repository);
    if (manner == Manner.HIDDEN || manner == Manner.TAG_LIST_MISSING || tags.isEmpty()) {
      unlisted.add(repository);
      throw new TareException(FailureKind.NOT_FOUND, "list tags: 404");
    }
    listed.add(repository);
    if (all.isEmpty()) {
      emptyLists.add(repository);
    }
    return all;
  }

  @Override
  public Descriptor resolve(Reference image) {
    return manifest(image).descriptor();
  }

  @Override
  public FetchedManifest manifest(Reference image) {
    String tag = image.tag();
    Digest digest = image.digest();
    Map<String, byte[]> tags = content.getOrDefault(image.repository(), Map.of());
    byte[] found =
        switch (manner(image.repository())) {
          case HIDDEN, MANIFESTS_MISSING -> null;
          case REFUSED -> throw new TareException(FailureKind.DENIED, "pull: 403");
          case BUSY -> throw new TareException(FailureKind.TRANSIENT, "pull: 503");
          case HONEST, NOT_IN_CATALOG, NO_TAGS_LISTED, TAG_LIST_MISSING, SOME_TAGS_LISTED ->
              tag == null ? (digest == null ? null : blobs.get(digest)) : tags.get(tag);
        };
    String name = image.repository() + ":" + tag;
    if (found == null) {
      missing.add(name);
      throw new TareException(FailureKind.NOT_FOUND, "pull manifest: 404");
    }
    if (tag != null) {
      read.add(name);
    }
    return new FetchedManifest(
        new Descriptor(MediaTypes.OCI_MANIFEST, Digest.sha256(found), found.length), found);
  }

  @Override
  public InputStream blob(String repository, Descriptor blob) {
    byte[] found = blobs.get(blob.digest());
    if (found == null) {
      throw new TareException(FailureKind.NOT_FOUND, "pull blob: 404");
    }
    return new ByteArrayInputStream(found);
  }

  @Override
  public void close() {}
}
