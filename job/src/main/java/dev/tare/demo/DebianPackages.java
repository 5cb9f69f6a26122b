package dev.tare.demo;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The database of dpkg, {@code /var/lib/dpkg/status}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/deb-control.5.html">deb-control(5)</a>
 */
final class DebianPackages {
  /** An installed package: name, version, installed size in KiB. */
  record Installed(String name, String version, int kibibytes) {}

  private DebianPackages() {}

  static String status(List<Installed> packages) {
    return packages.stream()
        .map(one ->
            """
            Package: %s
            Status: install ok installed
            Priority: required
            Section: admin
            Installed-Size: %d
            Maintainer: Sample <sample@example.com>
            Architecture: amd64
            Version: %s
            Description: sample package %s
            """
                .formatted(one.name(), one.kibibytes(), one.version(), one.name()))
        .collect(Collectors.joining("\n"));
  }
}
