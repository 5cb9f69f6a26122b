package dev.tare.inspect.packages.reader;

import org.jspecify.annotations.Nullable;

/**
 * A package as a database of the image states it.
 *
 * @param type of its package URL: {@code deb}, {@code apk}
 * @param source name of the source package
 * @param installedBytes null where the database does not say it
 */
public record PackageRecord(
    String type,
    String name,
    String version,
    @Nullable String architecture,
    @Nullable String source,
    @Nullable Long installedBytes) {
  /** What tells one package from another in two versions of a database. */
  public String identity() {
    return name + "\0" + version + "\0" + architecture;
  }
}
