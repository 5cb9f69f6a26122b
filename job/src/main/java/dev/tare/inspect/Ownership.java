package dev.tare.inspect;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which package owns which program. */
final class Ownership {
  private final LinkTable links;
  private final Map<String, String> owners = new HashMap<>();
  private boolean known;

  Ownership(LinkTable links) {
    this.links = links;
  }

  /** A list of files was read, so that a file in none of them is owned by no package. */
  void listRead() {
    known = true;
  }

  /** The database that lists the files of its packages could not be read. */
  void unknown() {
    known = false;
  }

  void add(String path, PackageRecord owner) {
    owners.put(
        links.canonicalDirectory(path.startsWith("/") ? path.substring(1) : path),
        owner.name() + " " + owner.version());
  }

  /** Name and version of the package of this canonical path. */
  @Nullable String of(@Nullable String path) {
    return path == null ? null : owners.get(path);
  }

  /** Whether a file without owner is known to have none. */
  boolean isKnown() {
    return known;
  }
}
