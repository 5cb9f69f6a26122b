package dev.tare.inspect.packages.java;

import static dev.tare.inspect.packages.reader.Evidence.FILE_NAME;
import static dev.tare.inspect.packages.reader.Evidence.MANIFEST;
import static dev.tare.inspect.packages.reader.Evidence.METADATA;

import dev.tare.inspect.packages.reader.Evidence;
import dev.tare.inspect.packages.reader.PackageRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a jar is, by all that says something of it. Maven writes coordinates into what it builds;
 * Gradle does not, and there the name of the file is closest to the name in a repository, once the
 * manifest says the same version: titles are made for people, or name a part of a build that others
 * call the same ({@code context} of OpenTelemetry), and bundles have names of their own. No group
 * is guessed.
 */
final class JarIdentity {
  /** One header says group, artifact and version. */
  private static final double COORDINATES = 0.95;

  /** The manifest and the name of the file say the same. */
  private static final double AGREED = 0.9;

  /** They say the same of the version, or one of them says nothing of it. */
  private static final double PARTLY_AGREED = 0.7;

  /** Only one of them says something. */
  private static final double ALONE = 0.5;

  /** They contradict each other. */
  private static final double CONTRADICTED = 0.3;

  private static final Pattern NUMBERS = Pattern.compile("\\d+(?:\\.\\d+)*");

  private final JarManifest manifest;
  private final JarFileName file;
  private final List<String> versions;

  JarIdentity(String path, JarManifest manifest) {
    this.manifest = manifest;
    versions = manifest.versions();
    file = JarFileName.of(path, versions);
  }

  /** The packages of a jar with these {@code pom.properties}; none where it cannot be named. */
  List<PackageRecord> packages(List<Coordinates> poms) {
    List<PackageRecord> packages = new ArrayList<>();
    for (Coordinates pom : poms) {
      packages.add(record(name(pom), pom.version(), 1, METADATA));
    }
    if (poms.stream().noneMatch(this::isOwn) && (poms.isEmpty() || saysMoreThanItsFile())) {
      PackageRecord own = own();
      if (own != null) {
        packages.add(own);
      }
    }
    return packages;
  }

  /** What it does not say where it has no packages. */
  String whyUnnamed() {
    return "neither its manifest nor its name says a version of "
        + (manifest.names().isEmpty() ? file.artifact() : manifest.names().getFirst());
  }

  /** Whether the jar is called like this, so that it is the jar's own and not of what it shades. */
  private boolean isOwn(Coordinates pom) {
    List<String> names = manifest.names();
    return file.artifact().equals(pom.artifact())
        || file.artifact().startsWith(pom.artifact() + "-")
        || pom.version().equals(file.version())
        || versions.contains(pom.version())
        || names.contains(pom.artifact())
        || names.contains(pom.group() + "." + pom.artifact());
  }

  private boolean saysMoreThanItsFile() {
    return file.version() != null || !manifest.names().isEmpty();
  }

  private @Nullable PackageRecord own() {
    Coordinates stated = manifest.coordinates();
    if (stated != null) {
      return record(name(stated), stated.version(), COORDINATES, MANIFEST);
    }
    return file.version() == null ? named(versions) : versioned(file.version());
  }

  /** Of a file whose name has a version. */
  private PackageRecord versioned(String version) {
    boolean named = manifest.names().stream().anyMatch(this::isFileName);
    if (versions.stream().anyMatch(other -> isSame(version, other))) {
      return named
          ? record(file.artifact(), version, AGREED, MANIFEST, FILE_NAME)
          : record(file.artifact(), version, PARTLY_AGREED, FILE_NAME, MANIFEST);
    }
    if (!versions.isEmpty()) {
      return record(file.artifact(), version, CONTRADICTED, FILE_NAME);
    }
    return named
        ? record(file.artifact(), version, PARTLY_AGREED, FILE_NAME, MANIFEST)
        : record(file.artifact(), version, ALONE, FILE_NAME);
  }

  /** Of a file whose name has no version; null where the manifest has none either. */
  private @Nullable PackageRecord named(List<String> versions) {
    if (versions.isEmpty()) {
      return null;
    }
    String version = versions.getFirst();
    List<String> names = manifest.names();
    if (names.stream().anyMatch(this::isFileName)) {
      return record(file.artifact(), version, AGREED, MANIFEST, FILE_NAME);
    }
    return names.isEmpty()
        ? record(file.artifact(), version, ALONE, FILE_NAME, MANIFEST)
        : record(names.getFirst(), version, ALONE, MANIFEST);
  }

  /** {@code org.objectweb.asm.commons} is not called like {@code asm-commons.jar}, others are. */
  private boolean isFileName(String name) {
    String dotted = JarFileName.dotted(name);
    return dotted.equals(file.dotted()) || dotted.endsWith("." + file.dotted());
  }

  /** Bundles fill up and part versions otherwise: {@code 33.0.0.jre} is {@code 33.0-jre}. */
  private static boolean isSame(String version, String other) {
    return version.equals(other) || numbers(version).equals(numbers(other));
  }

  private static String numbers(String version) {
    Matcher numbers = NUMBERS.matcher(version);
    return numbers.lookingAt() ? numbers.group().replaceAll("(\\.0+)+$", "") : version;
  }

  private static String name(Coordinates known) {
    return known.group() + ":" + known.artifact();
  }

  private static PackageRecord record(
      String name, String version, double confidence, Evidence... evidence) {
    return new PackageRecord(
        "maven", name, version, null, null, null, List.of(evidence), confidence);
  }
}
