package dev.tare.inspect.packages.go;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import dev.tare.inspect.packages.reader.PackageUrls;
import dev.tare.inspect.system.OsRelease;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.layer.ContentInterest.Extraction;
import dev.tare.layer.ContentKind;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Go modules, told by the programs that were built of them: {@link GoBuildInfo}. */
public final class GoReader implements PackageReader {
  public GoReader() {}

  @Override
  public String name() {
    return "go";
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
    return PackageText.packages(kept, files, why -> {}).stream()
        .filter(item -> item.type().equals("golang"))
        .toList();
  }

  @Override
  public PackageURL url(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    return PackageUrls.ofLanguage(item, item.name().lastIndexOf('/'));
  }
}
