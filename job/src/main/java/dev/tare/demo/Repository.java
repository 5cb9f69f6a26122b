package dev.tare.demo;

import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** What belongs to one repository of a loopback registry. Safe for concurrent use. */
final class Repository {
  private final Map<String, Digest> tags = new ConcurrentSkipListMap<>();
  private final Map<Digest, String> manifests = new ConcurrentHashMap<>();
  private final Set<Digest> blobs = new ConcurrentSkipListSet<>();
  private final Map<Digest, Map<Digest, Descriptor>> referrers = new ConcurrentHashMap<>();

  /** Its tags in order. */
  List<String> tags() {
    return List.copyOf(tags.keySet());
  }

  /** The digest a tag or a digest's text names; null where there is no such manifest. */
  @Nullable Digest manifest(String selector) {
    Digest digest = selector.contains(":") ? Digest.parse(selector) : tags.get(selector);
    return digest != null && manifests.containsKey(digest) ? digest : null;
  }

  /** The media type a manifest was pushed with. */
  String mediaType(Digest manifest) {
    return manifests.getOrDefault(manifest, "application/octet-stream");
  }

  void addManifest(Digest digest, String mediaType) {
    manifests.put(digest, mediaType);
  }

  void tag(String tag, Digest manifest) {
    tags.put(tag, manifest);
  }

  void removeManifest(Digest digest) {
    manifests.remove(digest);
    tags.values().removeIf(digest::equals);
    referrers.values().forEach(one -> one.remove(digest));
  }

  void addReferrer(Digest subject, Descriptor referrer) {
    referrers
        .computeIfAbsent(subject, any -> new ConcurrentSkipListMap<>())
        .put(referrer.digest(), referrer);
  }

  /** What was pushed with this manifest as its subject. */
  List<Descriptor> referrers(Digest subject) {
    return List.copyOf(referrers.getOrDefault(subject, Map.of()).values());
  }

  boolean hasBlob(Digest digest) {
    return blobs.contains(digest);
  }

  void addBlob(Digest digest) {
    blobs.add(digest);
  }

  void removeBlob(Digest digest) {
    blobs.remove(digest);
  }
}
