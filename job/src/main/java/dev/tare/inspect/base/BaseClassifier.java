package dev.tare.inspect.base;

import dev.tare.inspect.ImageFacts;
import dev.tare.inspect.program.ProgramContents;
import dev.tare.inspect.program.Programs;
import dev.tare.inspect.system.OsRelease;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.inspect.tree.LinkTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells the kind of base from what the merged file system holds, never from names of images. */
public final class BaseClassifier {
  private static final List<String> BINARY_DIRECTORIES =
      List.of("usr/bin/", "bin/", "usr/sbin/", "sbin/", "usr/local/bin/");
  private static final List<String> SHELLS =
      List.of("sh", "bash", "dash", "ash", "zsh", "ksh", "mksh");
  private static final List<String> MANAGERS =
      List.of(
          "apt-get",
          "apt",
          "dpkg",
          "apk",
          "rpm",
          "dnf",
          "dnf5",
          "microdnf",
          "yum",
          "tdnf",
          "zypper");
  private static final Set<String> SHELL_AND_MANAGER_PACKAGES =
      Set.of("bash", "dash", "busybox", "zsh", "apt", "dpkg", "apk-tools");
  private static final Set<String> WOLFI = Set.of("wolfi", "chainguard");

  private final LinkTable links;
  private final Programs programs;
  private final KeptFiles kept;
  private final BaseEvidence evidence;
  private final ProgramContents contents;

  public BaseClassifier(
      LinkTable links,
      Programs programs,
      KeptFiles kept,
      BaseEvidence evidence,
      ProgramContents contents) {
    this.links = links;
    this.programs = programs;
    this.kept = kept;
    this.evidence = evidence;
    this.contents = contents;
  }

  public String classify(@Nullable OsRelease os, ImageFacts.Packages packages) {
    boolean rpm = packages.managers().contains("rpm");
    boolean records = !packages.managers().isEmpty();
    boolean shell = hasAny(SHELLS);
    if (evidence.isChiselled()) {
      return "chiselled";
    }
    if (rpm) {
      if (!has("rpm") && !hasAny(List.of("dnf", "dnf5", "microdnf", "yum", "tdnf", "zypper"))) {
        return "micro";
      }
      return has("microdnf") && !hasAny(List.of("dnf", "dnf5", "yum")) ? "slim" : "full";
    }
    if (records && !shell && !hasAny(MANAGERS)) {
      return recordsShellOrManager(packages) ? "unknown" : "distroless";
    }
    if (packages.managers().contains("apk")) {
      return os != null && WOLFI.contains(os.id())
          ? "wolfi"
          : os != null && os.id().equals("alpine") ? "alpine" : "unknown";
    }
    if (packages.managers().contains("dpkg")) {
      return excludesDocumentation() ? "slim" : "full";
    }
    if (evidence.otherDatabase() != null) {
      return "full";
    }
    if (os == null && contents.hasMultiCall() && shell) {
      return "busybox";
    }
    return os == null && !shell ? "scratch" : "unknown";
  }

  /**
   * Whether a package is recorded whose shell or manager is not there: then files are missing, or
   * the records were copied, and nothing follows from what is absent.
   */
  private static boolean recordsShellOrManager(ImageFacts.Packages packages) {
    return packages.items().stream()
        .anyMatch(item ->
            (item.type().equals("deb") || item.type().equals("apk"))
                && SHELL_AND_MANAGER_PACKAGES.contains(item.name()));
  }

  private boolean hasAny(List<String> names) {
    return names.stream().anyMatch(this::has);
  }

  private boolean has(String name) {
    return BINARY_DIRECTORIES.stream()
        .anyMatch(directory -> programs.at(links.resolve(directory + name)) != null);
  }

  /** Whether dpkg is configured to leave documentation out, as Debian's slim images are. */
  private boolean excludesDocumentation() {
    return kept.all().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(ExclusionFiles.DIRECTORY + "/"))
        .map(entry -> entry.getValue().getLast())
        .filter(KeptFiles.Version::visible)
        .flatMap(BaseClassifier::lines)
        .anyMatch(line -> line.contains("/usr/share/doc") || line.contains("/usr/share/man"));
  }

  private static Stream<String> lines(KeptFiles.Version version) {
    return new String(version.content(), StandardCharsets.UTF_8).lines();
  }
}
