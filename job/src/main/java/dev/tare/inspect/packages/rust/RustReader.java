package dev.tare.inspect.packages.rust;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageUrls;
import dev.tare.inspect.system.OsRelease;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.layer.ContentInterest.Extraction;
import dev.tare.layer.ContentKind;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Crates, told by the programs that cargo-auditable built of them: {@link CrateList}. */
public final class RustReader implements PackageReader {
  public RustReader() {}

  @Override
  public String name() {
    return "rust";
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
  public boolean readsPrograms() {
    return true;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    return null; // Programs are kept for others too.
  }

  @Override
  public boolean isPackage(KeptFiles.Version file) {
    return file.node().content().content() == ContentKind.ELF;
  }

  @Override
  public List<PackageRecord> packages(
      byte[] kept, BiConsumer<PackageRecord, String> files, Consumer<String> failed) {
    return PackageReader.super.packages(kept, files, failed).stream()
        .filter(item -> item.type().equals(CrateList.TYPE))
        .toList();
  }

  @Override
  public PackageURL url(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    return PackageUrls.ofLanguage(item, -1);
  }
}
