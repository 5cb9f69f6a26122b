package dev.tare.inspect.packages.rpm;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.inspect.content.FileStart;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageUrls;
import dev.tare.inspect.system.OsRelease;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.layer.ContentInterest.Extraction;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Red Hat, Fedora, SUSE, Azure Linux: one database in one of three forms, or a list of Azure Linux.
 */
public final class RpmReader implements PackageReader {
  private static final String MANIFEST = "var/lib/rpmmanifest/container-manifest-2";

  private static final List<String> DIRECTORIES =
      List.of("usr/lib/sysimage/rpm/", "usr/share/rpm/", "var/lib/rpm/");

  /** In the order in which they are read. */
  private static final List<String> PATHS =
      DIRECTORIES.stream()
          .flatMap(directory ->
              Stream.of("Packages", "Packages.db", "rpmdb.sqlite").map(directory::concat))
          .toList();

  private static final List<String> DATABASES =
      Stream.concat(PATHS.stream(), Stream.of(MANIFEST)).toList();

  private static final Kept KEPT_DATABASE =
      Kept.bytes(64, RpmDatabase::reduce).as("rpm database 1");
  private static final Kept KEPT_MANIFEST =
      Kept.text(8, RpmDatabase::reduceManifest).as("rpm manifest 1");

  public RpmReader() {}

  @Override
  public String name() {
    return "rpm";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    if (PATHS.contains(file.path())) {
      return KEPT_DATABASE;
    }
    return file.path().equals(MANIFEST) ? KEPT_MANIFEST : null;
  }

  /** Not its indexes, which have the form of the database and lie beside it. */
  @Override
  public @Nullable Extraction recognises(FileStart start) {
    boolean index = DIRECTORIES.contains(start.file().directory() + "/");
    return !index && RpmDatabase.mayBegin(start) ? KEPT_DATABASE : null;
  }

  @Override
  public List<String> places() {
    return Stream.concat(
            DIRECTORIES.stream().map(directory -> directory.substring(0, directory.length() - 1)),
            DATABASES.stream())
        .toList();
  }

  @Override
  public List<String> databases() {
    return DATABASES;
  }

  @Override
  public boolean listsPrograms(String path) {
    return !path.equals(MANIFEST);
  }

  /** What SQLite has not written into the database yet stands beside it. */
  @Override
  public @Nullable String unread(TreeNode file) {
    return file.path().endsWith("/rpm/rpmdb.sqlite-wal")
            && (file.path().startsWith("var/lib/") || file.path().startsWith("usr/"))
            && file.content().sizeBytes() > 0
        ? "changes that rpm did not write into its database yet are not read"
        : null;
  }

  @Override
  public PackageURL url(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    int colon = item.version().indexOf(':');
    return PackageUrls.ofSystem(
        item,
        os,
        os == null ? null : vendor(os.id()),
        colon > 0 ? item.version().substring(0, colon) : null);
  }

  /** Who the packages are from, {@code redhat} and {@code opensuse} in the examples of purl. */
  private static String vendor(String distribution) {
    if (distribution.equals("rhel")) {
      return "redhat";
    }
    return distribution.startsWith("opensuse") ? "opensuse" : distribution;
  }
}
