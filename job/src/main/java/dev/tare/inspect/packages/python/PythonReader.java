package dev.tare.inspect.packages.python;

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

/** Python packages, told by the file that their installer wrote. */
public final class PythonReader implements PackageReader {
  private static final Kept PACKAGE = Kept.text(1, PythonMetadata::reduce).as("pypi 1");

  public PythonReader() {}

  @Override
  public String name() {
    return "python";
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
    return PythonMetadata.isAt(file.path()) ? PACKAGE : null;
  }

  @Override
  public @Nullable Extraction recognises(FileStart start) {
    return start.startsWith("Metadata-Version:") && start.isAtMost(PACKAGE.maximumBytes())
        ? PACKAGE
        : null;
  }

  @Override
  public boolean isPackage(KeptFiles.Version file) {
    return PythonMetadata.isAt(file.node().path());
  }

  @Override
  public PackageURL url(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    return PackageUrls.ofLanguage(item, item.name().lastIndexOf('/'));
  }
}
