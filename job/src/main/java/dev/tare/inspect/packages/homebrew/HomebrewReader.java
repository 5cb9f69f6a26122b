package dev.tare.inspect.packages.homebrew;

import com.github.packageurl.PackageURL;
import dev.tare.facts.Fact;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import dev.tare.inspect.system.OsRelease;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.layer.ContentInterest.Extraction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Homebrew: a directory {@code Cellar/NAME/VERSION} a package, with a receipt in it that says how
 * it was installed, but neither name nor version.
 *
 * @see <a href="https://docs.brew.sh/Formula-Cookbook#homebrew-terminology">Cellar and keg</a>
 */
public final class HomebrewReader implements PackageReader {
  private static final Pattern RECEIPT =
      Pattern.compile(".*/Cellar/([^/]+)/([^/]+)/INSTALL_RECEIPT\\.json");

  public HomebrewReader() {}

  @Override
  public String name() {
    return "homebrew";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    if (!file.name().equals("INSTALL_RECEIPT.json")) {
      return null;
    }
    Matcher receipt = RECEIPT.matcher(file.path());
    if (!receipt.matches()) {
      return null;
    }
    String name = receipt.group(1);
    String version = receipt.group(2);
    return Kept.text(
        1, content -> PackageText.ofOne("brew", name, version, "no name and no version"));
  }

  /** A system does not consist of its packages. */
  @Override
  public Fact fact() {
    return Fact.PACKAGES_ITEMS;
  }

  @Override
  public boolean isNamedFor(String directory) {
    return directory.endsWith("Cellar") || directory.contains("Cellar/");
  }

  @Override
  public boolean isPackage(KeptFiles.Version file) {
    return RECEIPT.matcher(file.node().path()).matches();
  }

  @Override
  public boolean listsPrograms(String path) {
    return false;
  }

  /** The list of package URL types has none for Homebrew. */
  @Override
  public @Nullable PackageURL url(PackageRecord item, @Nullable OsRelease os) {
    return null;
  }
}
