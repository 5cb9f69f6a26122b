package dev.tare.inspect.packages.conda;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.facts.Fact;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.system.OsRelease;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.layer.ContentInterest.Extraction;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * conda, mamba and pixi: an environment is a directory anywhere, with a file {@code
 * conda-meta/NAME-VERSION-BUILD.json} a package.
 *
 * @see <a
 *     href="https://github.com/package-url/purl-spec/blob/main/types/conda-definition.json">Package
 *     URLs of conda</a>
 */
public final class CondaReader implements PackageReader {
  private static final String META = "conda-meta";

  public CondaReader() {}

  @Override
  public String name() {
    return "conda";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    String environment = environment(file.path());
    return environment == null
        ? null
        : Kept.text(32, content -> CondaPackage.reduce(environment, content));
  }

  /** The directory that it is a package of, with a slash at its end; null where it is none. */
  private static @Nullable String environment(String path) {
    if (!path.endsWith(".json")) {
      return null;
    }
    int slash = path.lastIndexOf('/');
    String directory = path.substring(0, Math.max(0, slash));
    if (!directory.endsWith(META)) {
      return null;
    }
    String environment = directory.substring(0, directory.length() - META.length());
    return environment.isEmpty() || environment.endsWith("/") ? environment : null;
  }

  /** A system does not consist of its packages. */
  @Override
  public Fact fact() {
    return Fact.PACKAGES_ITEMS;
  }

  @Override
  public boolean isNamedFor(String directory) {
    return directory.endsWith(META) || directory.contains(META + "/");
  }

  @Override
  public boolean isPackage(KeptFiles.Version file) {
    return environment(file.node().path()) != null;
  }

  /** A program outside of an environment is none of its packages', and may be of others. */
  @Override
  public boolean listsPrograms(String path) {
    return false;
  }

  @Override
  public PackageURL url(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    TreeMap<String, String> qualifiers = new TreeMap<>();
    if (item.architecture() != null) {
      qualifiers.put("subdir", item.architecture());
    }
    return new PackageURL("conda", null, item.name(), item.version(), qualifiers, null);
  }
}
