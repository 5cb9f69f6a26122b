package dev.tare.inspect.system;

import dev.tare.inspect.tree.KeptFiles;
import dev.tare.inspect.tree.LinkTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What systems name themselves by that have no os-release, as before 2012: a line each.
 *
 * <pre>
 * etc/centos-release   CentOS release 6.10 (Final)
 * etc/alpine-release   3.2.3
 * etc/debian_version   6.0.10
 * etc/lsb-release      DISTRIB_ID=Ubuntu, DISTRIB_RELEASE=10.04
 * etc/SuSE-release     SUSE Linux Enterprise Server 11 (x86_64)
 * </pre>
 */
final class ReleaseFiles {
  private static final String DEBIAN = "etc/debian_version";
  private static final String ALPINE = "etc/alpine-release";
  private static final String LSB = "etc/lsb-release";

  /** The closer to one distribution, the earlier. */
  private static final List<String> NAMED =
      List.of(
          "etc/centos-release",
          "etc/rocky-release",
          "etc/almalinux-release",
          "etc/oracle-release",
          "etc/fedora-release",
          "etc/mageia-release",
          "etc/mariner-release",
          "etc/photon-release",
          "etc/SuSE-release",
          "etc/slackware-version",
          "etc/gentoo-release",
          "etc/system-release",
          "etc/redhat-release");

  static final List<String> PATHS =
      Stream.concat(NAMED.stream(), Stream.of(ALPINE, LSB, DEBIAN)).toList();

  /** A name, words, a number: {@code Red Hat Enterprise Linux Server release 6.10 (Santiago)}. */
  private static final Pattern LINE =
      Pattern.compile("([A-Za-z][A-Za-z \\-]*?)(?: release| version)? (\\d[\\w.]*)\\b.*");

  private static final Pattern VERSION = Pattern.compile("\\d+(\\.[\\w.]+)?");
  private static final Pattern LSB_LINE =
      Pattern.compile("(?m)^DISTRIB_(ID|RELEASE)=\"?([\\w.-]+)\"?\\s*$");

  /** How the name begins, and the ID that os-release has of it. */
  private static final List<List<String>> IDS =
      List.of(
          List.of("CentOS", "centos"),
          List.of("Red Hat Enterprise Linux", "rhel"),
          List.of("Fedora", "fedora"),
          List.of("Oracle Linux", "ol"),
          List.of("Enterprise Linux Enterprise Linux", "ol"),
          List.of("Rocky Linux", "rocky"),
          List.of("AlmaLinux", "almalinux"),
          List.of("Scientific Linux", "scientific"),
          List.of("Amazon Linux", "amzn"),
          List.of("Mageia", "mageia"),
          List.of("CBL-Mariner", "mariner"),
          List.of("VMware Photon", "photon"),
          List.of("SUSE Linux Enterprise", "sles"),
          List.of("openSUSE", "opensuse"),
          List.of("Slackware", "slackware"),
          List.of("Gentoo", "gentoo"));

  private ReleaseFiles() {}

  /** The system by the first of the files that names one; null where none does. */
  static @Nullable OsRelease find(LinkTable links, KeptFiles kept) {
    for (String path : NAMED) {
      OsRelease os = named(text(kept, path), source(links, path));
      if (os != null) {
        return os;
      }
    }
    String alpine = version(text(kept, ALPINE));
    if (alpine != null) {
      return new OsRelease(
          "alpine", alpine, "Alpine Linux " + alpine, "Alpine Linux", source(links, ALPINE));
    }
    OsRelease lsb = lsb(text(kept, LSB), source(links, LSB));
    if (lsb != null) {
      return lsb;
    }
    String debian = debianRelease(kept);
    return debian == null
        ? null
        : new OsRelease(
            "debian",
            debian,
            "Debian GNU/Linux " + debian,
            "Debian GNU/Linux",
            source(links, DEBIAN));
  }

  /** {@code 10} of {@code 10.13}: Debian's releases are of one number since its seventh. */
  static @Nullable String debianRelease(KeptFiles kept) {
    String version = version(text(kept, DEBIAN));
    return version == null ? null : version.split("\\.", 2)[0];
  }

  private static @Nullable OsRelease named(String text, String source) {
    String line = text.lines().map(String::strip).findFirst().orElse("");
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return null;
    }
    for (List<String> known : IDS) {
      if (line.startsWith(known.getFirst())) {
        return new OsRelease(known.getLast(), matcher.group(2), line, matcher.group(1), source);
      }
    }
    return null;
  }

  private static @Nullable OsRelease lsb(String text, String source) {
    String id = null;
    String release = null;
    Matcher matcher = LSB_LINE.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1).equals("ID")) {
        id = matcher.group(2);
      } else {
        release = matcher.group(2);
      }
    }
    return id == null || release == null || !id.equals("Ubuntu")
        ? null
        : new OsRelease("ubuntu", release, "Ubuntu " + release, "Ubuntu", source);
  }

  private static @Nullable String version(String text) {
    String line = text.strip();
    return VERSION.matcher(line).matches() ? line : null;
  }

  private static String text(KeptFiles kept, String path) {
    KeptFiles.Version file = kept.visibleAt(path);
    return file == null ? "" : new String(file.content(), StandardCharsets.UTF_8);
  }

  private static String source(LinkTable links, String path) {
    String canonical = links.resolve(path);
    return canonical == null ? path : canonical;
  }
}
