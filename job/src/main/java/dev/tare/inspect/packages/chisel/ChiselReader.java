package dev.tare.inspect.packages.chisel;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageUrls;
import dev.tare.inspect.system.OsRelease;
import dev.tare.layer.ContentInterest.Extraction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ubuntu cut by Canonical's chisel: one manifest. */
public final class ChiselReader implements PackageReader {
  private static final Kept MANIFEST = Kept.text(8, ChiselManifest::reduce).as("chisel manifest 1");

  public ChiselReader() {}

  @Override
  public String name() {
    return "chisel";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    return file.path().equals(ChiselManifest.PATH) ? MANIFEST : null;
  }

  @Override
  public List<String> databases() {
    return List.of(ChiselManifest.PATH);
  }

  @Override
  public PackageURL url(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    return PackageUrls.ofSystem(item, os);
  }
}
