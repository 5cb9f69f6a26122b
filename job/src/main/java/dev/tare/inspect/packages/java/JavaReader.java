package dev.tare.inspect.packages.java;

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
import org.jspecify.annotations.Nullable;

/** Maven artifacts, told by jars. */
public final class JavaReader implements PackageReader {
  private static final Kept PACKAGE = new Kept(JarPackages.LARGEST, 2, JarPackages::reduce);

  public JavaReader() {}

  @Override
  public String name() {
    return "java";
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
    return JarPackages.isJar(file.path()) ? PACKAGE : null;
  }

  @Override
  public boolean isPackage(KeptFiles.Version file) {
    return JarPackages.isJar(file.node().path());
  }

  @Override
  public PackageURL url(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    return PackageUrls.ofLanguage(item, item.name().indexOf(':'));
  }
}
