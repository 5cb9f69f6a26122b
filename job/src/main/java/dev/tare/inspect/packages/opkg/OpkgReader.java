package dev.tare.inspect.packages.opkg;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.facts.Fact;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.packages.dpkg.DpkgDatabase;
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

/**
 * OpenWrt, Yocto and Entware: one database in the form of dpkg's, and a list of files a package.
 *
 * @see <a href="https://openwrt.org/docs/guide-user/additional-software/opkg">opkg</a>
 */
public final class OpkgReader implements PackageReader {
  private static final List<String> DIRECTORIES =
      List.of("usr/lib/opkg", "var/lib/opkg", "opt/lib/opkg");
  private static final List<String> DATABASES =
      DIRECTORIES.stream().map(directory -> directory + "/status").toList();
  private static final List<String> INFO =
      DIRECTORIES.stream().map(directory -> directory + "/info").toList();

  /** With the names that dpkg's have: a link may lead from one to the other. */
  private static final Kept STATUS = Kept.text(16, DpkgDatabase::reduceStatus).as("dpkg status 1");

  private static final Kept LIST = Kept.text(4, DpkgDatabase::reduceList).as("dpkg list 1");

  public OpkgReader() {}

  @Override
  public String name() {
    return "opkg";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    if (DATABASES.contains(file.path())) {
      return STATUS;
    }
    return file.name().endsWith(".list") && INFO.contains(file.directory()) ? LIST : null;
  }

  @Override
  public @Nullable Fact factOf(String path) {
    return INFO.stream().anyMatch(directory -> path.startsWith(directory + "/"))
        ? Fact.TOOLS_OWNED
        : PackageReader.super.factOf(path);
  }

  @Override
  public List<String> databases() {
    return DATABASES;
  }

  @Override
  public List<String> places() {
    return DIRECTORIES;
  }

  @Override
  public List<String> pieces(byte[] kept) {
    return Paragraphs.of(kept);
  }

  @Override
  public List<PackageRecord> packages(
      byte[] kept, BiConsumer<PackageRecord, String> files, Consumer<String> failed) {
    return DpkgDatabase.packages("opkg", kept, failed);
  }

  @Override
  public boolean listsPrograms(String path) {
    return false;
  }

  @Override
  public List<String> programLists(PackageRecord item, String path) {
    return INFO.stream().map(directory -> directory + "/" + item.name() + ".list").toList();
  }

  @Override
  public boolean isProgramList(String path) {
    return path.endsWith(".list")
        && INFO.stream().anyMatch(directory -> path.startsWith(directory + "/"));
  }

  @Override
  public PackageURL url(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    return PackageUrls.ofSystem(item, os);
  }
}
