package dev.tare.inspect.packages.apk;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.inspect.content.FileStart;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageUrls;
import dev.tare.inspect.packages.reader.Paragraphs;
import dev.tare.inspect.system.OsRelease;
import dev.tare.layer.ContentInterest.Extraction;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Alpine, Wolfi: one database. */
public final class ApkReader implements PackageReader {
  private static final List<String> PATHS =
      List.of("lib/apk/db/installed", "usr/lib/apk/db/installed");
  private static final Kept DATABASE = Kept.text(16, ApkDatabase::reduce).as("apk database 1");

  public ApkReader() {}

  @Override
  public String name() {
    return "apk";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    return PATHS.contains(file.path()) ? DATABASE : null;
  }

  /** A package's first lines, its checksum before its name where there is one. */
  @Override
  public @Nullable Extraction recognises(FileStart start) {
    boolean first = start.startsWith("C:Q1") || start.startsWith("P:");
    return first && start.hasLine("P:") && start.hasLine("V:") ? DATABASE : null;
  }

  @Override
  public List<String> databases() {
    return PATHS;
  }

  @Override
  public List<String> pieces(byte[] kept) {
    return Paragraphs.of(kept);
  }

  @Override
  public List<PackageRecord> packages(
      byte[] kept, BiConsumer<PackageRecord, String> files, Consumer<String> failed) {
    return ApkDatabase.packages(kept, files, failed);
  }

  @Override
  public PackageURL url(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    return PackageUrls.ofSystem(item, os);
  }
}
