package dev.tare.inspect.packages.sbom;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageUrls;
import dev.tare.inspect.system.OsRelease;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.layer.ContentInterest.Extraction;
import dev.tare.oci.Glob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SBOMs in SPDX 2 or CycloneDX, as JSON, at the names that publishers give them: {@code
 * /opt/bitnami/redis/.spdx-redis.spdx}, {@code /usr/share/sbom/app.cdx.json}.
 */
public final class SbomReader implements PackageReader {
  private static final Kept SBOM = Kept.bytes(16, ClaimedPackages::reduce).as("sbom 1");

  private final List<Glob> trusted;

  /** Where nobody vouches for any. */
  public SbomReader() {
    this(List.of());
  }

  /**
   * Reads SBOMs.
   *
   * @param trusted paths in images, {@code /opt/bitnami/**}, of those that somebody vouches for
   */
  public SbomReader(List<Glob> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  @Override
  public String name() {
    return "sbom";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean isOfLanguage() {
    return true;
  }

  @Override
  public boolean isClaim() {
    return true;
  }

  @Override
  public boolean isTrusted(String path) {
    return trusted.stream().anyMatch(glob -> glob.matches("/" + path));
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    return isNamedSbom(file.name()) ? SBOM : null;
  }

  private static boolean isNamedSbom(String name) {
    return name.endsWith(".spdx.json")
        || name.endsWith(".cdx.json")
        || (name.startsWith(".spdx-") && name.endsWith(".spdx"))
        || name.equals("sbom.json")
        || name.equals("bom.json");
  }

  @Override
  public boolean isPackage(KeptFiles.Version file) {
    String path = file.node().path();
    return isNamedSbom(path.substring(path.lastIndexOf('/') + 1));
  }

  /** What the SBOM says, but for qualifiers; of a system, as its own packages are written. */
  @Override
  public PackageURL url(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    if (ClaimedPackages.isOfSystem(item.type())) {
      return PackageUrls.ofSystem(item, os);
    }
    int at = item.name().lastIndexOf(item.type().equals("maven") ? ':' : '/');
    return PackageUrls.ofLanguage(item, at);
  }
}
