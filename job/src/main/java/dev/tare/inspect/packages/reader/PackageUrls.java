package dev.tare.inspect.packages.reader;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.inspect.system.OsRelease;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The forms that package URLs have.
 *
 * @see <a href="https://github.com/package-url/purl-spec/blob/main/PURL-TYPES.rst">Package URL
 *     types</a>
 */
public final class PackageUrls {
  private PackageUrls() {}

  /** Of a distribution: {@code pkg:deb/debian/curl@7.88.1?arch=amd64&distro=debian-12}. */
  public static PackageURL ofSystem(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    return ofSystem(item, os, os == null ? null : os.id(), null);
  }

  /**
   * Of a distribution under another name than it has itself.
   *
   * @param vendor null where it is not known
   * @param epoch null where the version has none in front of it
   */
  public static PackageURL ofSystem(
      PackageRecord item, @Nullable OsRelease os, @Nullable String vendor, @Nullable String epoch)
      throws MalformedPackageURLException {
    TreeMap<String, String> qualifiers = new TreeMap<>();
    if (item.architecture() != null) {
      qualifiers.put("arch", item.architecture());
    }
    if (os != null) {
      qualifiers.put("distro", os.versionId() == null ? os.id() : os.id() + "-" + os.versionId());
    }
    String version = item.version();
    if (epoch != null) {
      qualifiers.put("epoch", epoch);
      version = version.substring(epoch.length() + 1);
    }
    return new PackageURL(item.type(), vendor, item.name(), version, qualifiers, null);
  }

  /**
   * Of a language: {@code pkg:npm/%40babel/core@7.1.0}, {@code pkg:golang/golang.org/x/net@v0.1.0}.
   *
   * @param at what parts the namespace from the name stands at this place of it; below 0 nowhere
   */
  public static PackageURL ofLanguage(PackageRecord item, int at)
      throws MalformedPackageURLException {
    return new PackageURL(
        item.type(),
        at < 0 ? null : item.name().substring(0, at),
        item.name().substring(at + 1),
        item.version(),
        null,
        null);
  }
}
