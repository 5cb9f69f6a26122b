package dev.tare.inspect.packages;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.system.OsRelease;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The package URLs of installed packages.
 *
 * @see <a href="https://github.com/package-url/purl-spec/blob/main/PURL-TYPES.rst">Package URL
 *     types</a>
 */
public final class PackageUrls {
  private PackageUrls() {}

  public static PackageURL of(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    return switch (item.type()) {
      case "deb", "apk", "rpm", "alpm" -> ofSystem(item, os);
      case "maven" -> parted(item, item.name().indexOf(':'));
      default -> parted(item, item.name().lastIndexOf('/'));
    };
  }

  /** {@code pkg:rpm/almalinux/bash@5.1.8-6.el9_1?arch=aarch64&distro=almalinux-9.3}. */
  private static PackageURL ofSystem(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    TreeMap<String, String> qualifiers = new TreeMap<>();
    if (item.architecture() != null) {
      qualifiers.put("arch", item.architecture());
    }
    if (os != null) {
      qualifiers.put("distro", os.versionId() == null ? os.id() : os.id() + "-" + os.versionId());
    }
    String version = item.version();
    int colon = item.type().equals("rpm") ? version.indexOf(':') : -1;
    if (colon > 0) {
      qualifiers.put("epoch", version.substring(0, colon));
      version = version.substring(colon + 1);
    }
    return new PackageURL(
        item.type(),
        os == null ? null : item.type().equals("rpm") ? vendor(os.id()) : os.id(),
        item.name(),
        version,
        qualifiers,
        null);
  }

  /**
   * Who the packages of rpm are from, {@code redhat} and {@code opensuse} in the examples of purl.
   */
  private static String vendor(String distribution) {
    if (distribution.equals("rhel")) {
      return "redhat";
    }
    return distribution.startsWith("opensuse") ? "opensuse" : distribution;
  }

  /** {@code pkg:npm/%40babel/core@7.1.0}, {@code pkg:golang/golang.org/x/net@v0.1.0}. */
  private static PackageURL parted(PackageRecord item, int at) throws MalformedPackageURLException {
    return new PackageURL(
        item.type(),
        at < 0 ? null : item.name().substring(0, at),
        item.name().substring(at + 1),
        item.version(),
        null,
        null);
  }
}
