package dev.tare.inspect.base;

import dev.tare.inspect.ImageFacts;
import dev.tare.inspect.packages.UnreadStores;
import dev.tare.inspect.program.ProgramContents;
import dev.tare.inspect.program.Programs;
import dev.tare.inspect.system.OsRelease;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.inspect.tree.LinkTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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
          "zypper",
          "pacman",
          "opkg",
          "emerge");
  private static final List<String> RPM_MANAGERS =
      List.of("rpm", "dnf", "dnf5", "microdnf", "yum", "tdnf", "zypper");

  /** Packages that bring a shell or a manager, and the names their programs may have. */
  private static final Map<String, List<String>> PROGRAMS_OF =
      Map.ofEntries(
          Map.entry("bash", List.of("bash")),
          Map.entry("dash", List.of("dash")),
          Map.entry("busybox", List.of("busybox", "ash", "sh")),
          Map.entry("zsh", List.of("zsh")),
          Map.entry("apt", List.of("apt", "apt-get")),
          Map.entry("dpkg", List.of("dpkg")),
          Map.entry("apk-tools", List.of("apk")),
          Map.entry("rpm", List.of("rpm")),
          Map.entry("dnf", List.of("dnf", "dnf-3")),
          Map.entry("dnf5", List.of("dnf5")),
          Map.entry("microdnf", List.of("microdnf")),
          Map.entry("yum", List.of("yum")),
          Map.entry("tdnf", List.of("tdnf")),
          Map.entry("zypper", List.of("zypper")),
          Map.entry("pacman", List.of("pacman")),
          Map.entry("portage", List.of("emerge")));

  private static final Set<String> SYSTEM_TYPES =
      Set.of("deb", "apk", "rpm", "alpm", "opkg", "portage");

  /** Managers whose packages lie beside a system, and say nothing about it. */
  private static final Set<String> BESIDE_SYSTEM = Set.of("conda", "homebrew", "sbom");

  private static final Set<String> WOLFI = Set.of("wolfi", "chainguard");

  private final LinkTable links;
  private final Programs programs;
  private final KeptFiles kept;
  private final BaseEvidence evidence;
  private final UnreadStores stores;
  private final ProgramContents contents;

  public BaseClassifier(
      LinkTable links,
      Programs programs,
      KeptFiles kept,
      BaseEvidence evidence,
      UnreadStores stores,
      ProgramContents contents) {
    this.links = links;
    this.programs = programs;
    this.kept = kept;
    this.evidence = evidence;
    this.stores = stores;
    this.contents = contents;
  }

  /**
   * What the evidence says.
   *
   * @param name of the kind
   * @param why the kind is not known; null where it is
   */
  public record Kind(String name, @Nullable String why) {
    static Kind known(String name) {
      return new Kind(name, null);
    }

    static Kind unknown(String why) {
      return new Kind("unknown", why);
    }
  }

  /**
   * The kind of base.
   *
   * @param os null where the image does not say it
   * @param whole whether nothing is missing of the system's name and of the packages: else nothing
   *     follows from what is absent
   */
  public Kind classify(@Nullable OsRelease os, ImageFacts.Packages packages, boolean whole) {
    List<String> managers =
        packages.managers().stream().filter(name -> !BESIDE_SYSTEM.contains(name)).toList();
    boolean shell = hasAny(SHELLS);
    if (evidence.isChiselled()) {
      return Kind.known("chiselled");
    }
    if (managers.contains("rpm")) {
      return ofRpm(packages);
    }
    if (managers.contains("pacman")) {
      return has("pacman")
          ? Kind.known("full")
          : Kind.unknown("packages of pacman are recorded, and pacman is not there");
    }
    if (!managers.isEmpty() && !shell && !hasAny(MANAGERS)) {
      String absent = recordedButAbsent(packages);
      return absent == null ? Kind.known("distroless") : Kind.unknown(absent);
    }
    if (managers.contains("portage")) {
      return has("emerge")
          ? Kind.known("full")
          : Kind.unknown("packages of Portage are recorded, and emerge is not there");
    }
    if (managers.contains("apk")) {
      return os != null && WOLFI.contains(os.id())
          ? Kind.known("wolfi")
          : os != null && os.id().equals("alpine")
              ? Kind.known("alpine")
              : Kind.unknown("packages of apk in a system that is neither Alpine nor Wolfi");
    }
    if (managers.contains("dpkg")) {
      return Kind.known(excludesDocumentation() ? "slim" : "full");
    }
    if (managers.isEmpty() && stores.hasSystem() && shell) {
      return Kind.known("full");
    }
    if (os == null && whole && managers.isEmpty()) {
      if (contents.isBusybox(programs.visible().values())) {
        return Kind.known("busybox");
      }
      if (!shell) {
        return Kind.known("scratch");
      }
    }
    return Kind.unknown("the evidence fits no known kind of base");
  }

  private Kind ofRpm(ImageFacts.Packages packages) {
    if (!hasAny(RPM_MANAGERS)) {
      String absent = recordedButAbsent(packages);
      return absent == null ? Kind.known("micro") : Kind.unknown(absent);
    }
    return Kind.known(has("microdnf") && !hasAny(List.of("dnf", "dnf5", "yum")) ? "slim" : "full");
  }

  /**
   * A package that is recorded and whose shell or manager is not there: then files are missing, or
   * the records were copied, and nothing follows from what is absent. Null where there is none.
   */
  private @Nullable String recordedButAbsent(ImageFacts.Packages packages) {
    return packages.items().stream()
        .filter(item -> SYSTEM_TYPES.contains(item.type()))
        .map(item -> withoutCategory(item.name()))
        .filter(name ->
            PROGRAMS_OF.containsKey(name) && !hasAny(PROGRAMS_OF.getOrDefault(name, List.of())))
        .findFirst()
        .map(name -> "package " + name + " is recorded, and its program is not there")
        .orElse(null);
  }

  /** The package of Gentoo's {@code app-shells/bash}; empty for what never brings a program. */
  private static String withoutCategory(String name) {
    return name.startsWith("acct-") || name.startsWith("virtual/")
        ? ""
        : name.substring(name.lastIndexOf('/') + 1);
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
