package dev.tare.inspect.packages.reader;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A package as the image states it.
 *
 * @param type of its package URL: {@code deb}, {@code apk}
 * @param source name of the source package
 * @param installedBytes null where the database does not say it
 * @param evidence what says so, the strongest first; none where it is what {@link PackageReader}
 *     reads of all packages
 * @param confidence how sure name and version are, from 0 to 1
 */
public record PackageRecord(
    String type,
    String name,
    String version,
    @Nullable String architecture,
    @Nullable String source,
    @Nullable Long installedBytes,
    List<Evidence> evidence,
    double confidence) {
  /** Copies the evidence. */
  public PackageRecord {
    evidence = List.copyOf(evidence);
  }

  /** A package of which all that is known is sure. */
  public PackageRecord(
      String type,
      String name,
      String version,
      @Nullable String architecture,
      @Nullable String source,
      @Nullable Long installedBytes) {
    this(type, name, version, architecture, source, installedBytes, List.of(), 1);
  }

  /** The same, for certain. */
  public PackageRecord certain() {
    return new PackageRecord(
        type, name, version, architecture, source, installedBytes, evidence, 1);
  }

  /** What tells one package from another in two versions of a database. */
  public String identity() {
    return name + "\0" + version + "\0" + architecture;
  }
}
