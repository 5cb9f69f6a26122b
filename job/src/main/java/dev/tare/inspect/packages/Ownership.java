package dev.tare.inspect.packages;

import dev.tare.inspect.packages.reader.Diversion;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.ProgramDirectories;
import dev.tare.inspect.tree.LinkTable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which package owns which program. */
public final class Ownership {
  private final LinkTable links;
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, Diversion> diversions = new HashMap<>();
  private boolean known;

  public Ownership(LinkTable links) {
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

  /** From now on, what packages have at a path is elsewhere. */
  void divert(Diversion diversion) {
    diversions.put(
        canonical(diversion.from()),
        new Diversion(diversion.from(), canonical(diversion.to()), diversion.exceptOf()));
  }

  void add(String path, PackageRecord owner) {
    String canonical = canonical(path);
    Diversion diversion = diversions.isEmpty() ? null : diversions.get(canonical);
    owners.put(
        diversion == null || diversion.exceptOf().equals(owner.name()) ? canonical : diversion.to(),
        owner.name() + " " + owner.version());
  }

  private String canonical(String path) {
    return links.canonicalDirectory(path.startsWith("/") ? path.substring(1) : path);
  }

  /** Name and version of the package of this canonical path. */
  @Nullable
  public String of(@Nullable String path) {
    return path == null ? null : owners.get(path);
  }

  /** Whether this file, of which no owner is known, has none. */
  public boolean isWithout(String path) {
    return known && !ProgramDirectories.isUnlisted(path);
  }
}
