package dev.tare.inspect;

import dev.tare.inspect.packages.PackageFinder;
import dev.tare.inspect.packages.apk.ApkDatabase;
import dev.tare.inspect.packages.chisel.ChiselManifest;
import dev.tare.inspect.packages.dpkg.DpkgDatabase;
import dev.tare.inspect.packages.java.JarPackages;
import dev.tare.inspect.packages.node.LanguagePackages;
import dev.tare.inspect.packages.pacman.PacmanDatabase;
import dev.tare.inspect.packages.rpm.RpmDatabase;
import dev.tare.inspect.program.ProgramReader;
import dev.tare.inspect.secret.CredentialFile;
import dev.tare.inspect.secret.SecretFiles;
import dev.tare.layer.ContentInterest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Every file whose content the facts of an image need, reduced to what they need of it: package
 * databases to names and versions, binaries to their applets, keys to the mark that they are one.
 * No secret is kept.
 */
public final class KeptContent implements ContentInterest {
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;

  /**
   * Changes whenever what is kept does, so that stored layer facts of an older one are not used.
   */
  public static final int VERSION = 9;

  private static final List<String> NEVER_STARTED =
      List.of("usr/share/", "usr/lib/", "usr/src/", "var/lib/dpkg/", "etc/init.d", "lib/apk/");

  /** {@code times} is how many times its size a file takes while it is reduced. */
  private record Kept(int maximumBytes, int times, UnaryOperator<byte[]> reduction)
      implements Extraction {
    /** Of text, which is held as bytes and as text, and in lines. */
    Kept(int maximumBytes, UnaryOperator<byte[]> reduction) {
      this(maximumBytes, 3, reduction);
    }

    @Override
    public long memoryBytes(long sizeBytes) {
      return times * sizeBytes;
    }

    @Override
    public byte[] reduce(byte[] content) {
      return reduction.apply(content);
    }
  }

  private static final Kept SMALL_TEXT = new Kept(MIB, UnaryOperator.identity());
  private static final Kept DPKG_STATUS = new Kept(16 * MIB, DpkgDatabase::reduceStatus);
  private static final Kept DPKG_LIST = new Kept(4 * MIB, DpkgDatabase::reduceList);
  private static final Kept APK = new Kept(16 * MIB, ApkDatabase::reduce);
  private static final Kept EXCLUSIONS = new Kept(MIB, KeptContent::pathExclusions);
  private static final Kept SHADOW = new Kept(MIB, SecretFiles::shadowMark);
  private static final Kept RPM = new Kept(64 * MIB, 1, RpmDatabase::reduce);
  private static final Kept RPM_MANIFEST = new Kept(8 * MIB, RpmDatabase::reduceManifest);
  private static final Kept CHISEL = new Kept(8 * MIB, ChiselManifest::reduce);
  private static final Kept PACMAN = new Kept(MIB, PacmanDatabase::reduceDescription);
  private static final Kept PACMAN_FILES = new Kept(8 * MIB, PacmanDatabase::reduceFiles);
  private static final Kept JAR = new Kept(JarPackages.LARGEST, 2, JarPackages::reduce);
  private static final Kept PYTHON = new Kept(MIB, LanguagePackages::reducePython);
  private static final Kept NODE = new Kept(MIB, LanguagePackages::reduceNode);
  private static final Kept PRIVATE_KEY = new Kept(64 * KIB, SecretFiles::privateKeyMark);

  /** The content that {@link ImageInspector} reads. */
  public KeptContent() {}

  @Override
  public @Nullable Extraction wants(String path, long sizeBytes, int mode) {
    if (sizeBytes <= 0) {
      return null;
    }
    int slash = path.lastIndexOf('/');
    String directory = slash < 0 ? "" : path.substring(0, slash);
    String name = path.substring(slash + 1);
    Extraction known = byPath(path, directory, name);
    if (known != null) {
      return known;
    }
    CredentialFile credentials = CredentialFile.at(path);
    if (credentials != null && !SecretFiles.isPublic(directory)) {
      return new Kept(MIB, credentials::mark);
    }
    if (SecretFiles.isKeyName(name)
        && sizeBytes <= PRIVATE_KEY.maximumBytes()
        && !SecretFiles.isPublic(directory)) {
      return PRIVATE_KEY;
    }
    Extraction language = ofLanguage(path, name);
    if (language != null) {
      return language;
    }
    if ((mode & 0111) == 0) {
      return null;
    }
    if (name.contains(".so.") || name.endsWith(".so")) {
      return isLibraryDirectory(directory) ? null : ProgramReader.LIBRARY;
    }
    return mayBeStarted(directory) ? ProgramReader.STARTABLE : ProgramReader.BINARY;
  }

  private static @Nullable Extraction ofLanguage(String path, String name) {
    if (JarPackages.isJar(name)) {
      return JAR;
    }
    if (LanguagePackages.isPython(path)) {
      return PYTHON;
    }
    return LanguagePackages.isNode(path) ? NODE : null;
  }

  private static @Nullable Extraction byPath(String path, String directory, String name) {
    return switch (path) {
      case "etc/os-release", "usr/lib/os-release", "etc/passwd", "etc/busybox-paths.d/busybox" ->
          SMALL_TEXT;
      case PackageFinder.DPKG_DIVERSIONS -> SMALL_TEXT;
      case "var/lib/dpkg/status" -> DPKG_STATUS;
      case "lib/apk/db/installed", "usr/lib/apk/db/installed" -> APK;
      case "etc/shadow", "etc/shadow-" -> SHADOW;
      case ChiselManifest.PATH -> CHISEL;
      case RpmDatabase.MANIFEST -> RPM_MANIFEST;
      default ->
          switch (directory) {
            case "var/lib/dpkg/status.d" -> name.endsWith(".md5sums") ? null : DPKG_STATUS;
            case "var/lib/dpkg/info" -> name.endsWith(".list") ? DPKG_LIST : null;
            case "etc/dpkg/dpkg.cfg.d" -> EXCLUSIONS;
            default -> RpmDatabase.PATHS.contains(path) ? RPM : inPacmanDatabase(directory, name);
          };
    };
  }

  private static @Nullable Extraction inPacmanDatabase(String directory, String name) {
    if (!directory.startsWith(PacmanDatabase.LOCAL)) {
      return null;
    }
    return switch (name) {
      case "desc" -> PACMAN;
      case "files" -> PACMAN_FILES;
      default -> null;
    };
  }

  /**
   * Which fact is incomplete by a gap of a layer. A remark about the layer itself, or about an
   * entry that container runtimes leave out too, makes no fact incomplete and stands as {@code
   * layer}.
   */
  public static String factOf(String path, String reason) {
    if (path.isEmpty() && !reason.endsWith("more entries with gaps")) {
      return "layer";
    }
    if (reason.contains("file capabilities")) {
      return "privileged";
    }
    if (new KeptContent().wants(path, 1, 0644) == null
        && new KeptContent().wants(path, 1 << 20, 0755) == null) {
      return "layer";
    }
    if (path.endsWith("os-release")) {
      return "base.os";
    }
    if (path.equals("etc/passwd")) {
      return "accounts";
    }
    if (path.startsWith("etc/dpkg/dpkg.cfg.d/")) {
      return "base.class";
    }
    if (path.startsWith("var/lib/dpkg/info/") || path.equals(PackageFinder.DPKG_DIVERSIONS)) {
      return "owned";
    }
    if (path.startsWith("var/lib/dpkg/")
        || path.endsWith("apk/db/installed")
        || path.equals(ChiselManifest.PATH)
        || path.equals(RpmDatabase.MANIFEST)
        || RpmDatabase.PATHS.contains(path)
        || path.startsWith(PacmanDatabase.LOCAL)) {
      return "packages";
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (ofLanguage(path, name) != null) {
      return PackageFinder.LANGUAGE_PACKAGES;
    }
    return path.startsWith("etc/shadow")
            || CredentialFile.at(path) != null
            || SecretFiles.isKeyName(name)
        ? "secrets"
        : "tools";
  }

  /**
   * Whether a container may be started with an executable of this directory: not where packages
   * keep the scripts they run themselves, by the thousand.
   */
  private static boolean mayBeStarted(String directory) {
    return NEVER_STARTED.stream().noneMatch(directory::startsWith)
        && !directory.contains("node_modules/")
        && !directory.contains("/site-packages/")
        && !directory.contains("/dist-packages/")
        && !directory.contains(".git/");
  }

  /** Where distributions install libraries, many of them by the mode of a program. */
  private static boolean isLibraryDirectory(String directory) {
    return directory.startsWith("usr/lib")
        || directory.startsWith("lib")
        || directory.startsWith("usr/local/lib");
  }

  private static byte[] pathExclusions(byte[] content) {
    StringBuilder kept = new StringBuilder();
    new String(content, StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("path-exclude"))
        .forEach(line -> kept.append(line).append('\n'));
    return kept.toString().getBytes(StandardCharsets.UTF_8);
  }
}
