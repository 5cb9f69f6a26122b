package dev.tare.inspect.packages.node;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.inspect.content.FileStart;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageUrls;
import dev.tare.inspect.system.OsRelease;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.layer.ContentInterest.Extraction;
import org.jspecify.annotations.Nullable;

/** JavaScript packages, told by their file below a {@code node_modules}. */
public final class NodeReader implements PackageReader {
  private static final Kept PACKAGE = Kept.text(1, NodePackage::reduce).as("npm 1");

  public NodeReader() {}

  @Override
  public String name() {
    return "node";
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
  public @Nullable Extraction wants(LayerFile file) {
    return NodePackage.isAt(file.path()) ? PACKAGE : null;
  }

  /** One that a package manager links to from a {@code node_modules}, such as of a workspace. */
  @Override
  public @Nullable Extraction recognises(FileStart start) {
    return start.file().name().equals("package.json")
            && start.startsWith("{")
            && start.isAtMost(PACKAGE.maximumBytes())
        ? PACKAGE
        : null;
  }

  @Override
  public boolean isNamedFor(String directory) {
    return directory.endsWith("node_modules") || directory.contains("node_modules/");
  }

  @Override
  public boolean isPackage(KeptFiles.Version file) {
    return NodePackage.isAt(file.node().path());
  }

  @Override
  public PackageURL url(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    return PackageUrls.ofLanguage(item, item.name().lastIndexOf('/'));
  }
}
