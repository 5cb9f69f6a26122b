package dev.tare.inspect.packages.reader;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.facts.Fact;
import dev.tare.inspect.content.KeptKind;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.system.OsRelease;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.inspect.tree.TreeNode;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One package manager: which files it has in an image, what is kept of them ({@link KeptKind}), and
 * which packages they name. All that is known of a manager stands in its implementation and the
 * classes beside it; to add one is to add it to {@code PackageReaders}.
 */
public interface PackageReader extends KeptKind {
  /** As {@code packages.managers} of the facts names it, for one of a system. */
  @Override
  String name();

  /**
   * Whether its packages are those of a programming language, wherever they lie. They are neither
   * counted among the packages of the system nor own programs.
   */
  default boolean isOfLanguage() {
    return false;
  }

  /**
   * Whether its packages are what somebody says of the image, and not what was found in it. They
   * are listed where nothing that was found is of the same name, or of the same store.
   */
  default boolean isClaim() {
    return false;
  }

  /**
   * Whether somebody vouches for what is claimed at this path: it counts as if it were measured.
   */
  default boolean isTrusted(String path) {
    return false;
  }

  /** Whether it reads what is kept of ELF programs, besides the files that it wants itself. */
  default boolean readsPrograms() {
    return false;
  }

  /** The fact that its packages are. */
  default Fact fact() {
    return isOfLanguage() ? Fact.PACKAGES_ITEMS : Fact.PACKAGES;
  }

  @Override
  default @Nullable Fact factOf(String path) {
    return wants(LayerFile.of(path, 1, 0644)) == null ? null : fact();
  }

  /**
   * Canonical paths of the databases that list all packages; the first that names a package counts.
   * Those of the layers below tell with which layer a package came.
   */
  default List<String> databases() {
    return List.of();
  }

  @Override
  default List<String> places() {
    return databases();
  }

  /** Whether this is a file of one package, which comes with the layer that has the file. */
  default boolean isPackage(KeptFiles.Version file) {
    return false;
  }

  /**
   * The packages of a database or of a file of one package.
   *
   * @param kept what was kept of it
   * @param files told of each program that a package owns: package, then path
   * @param failed told what could not be read
   */
  default List<PackageRecord> packages(
      byte[] kept, BiConsumer<PackageRecord, String> files, Consumer<String> failed) {
    return PackageText.packages(kept, files, failed);
  }

  /**
   * What is kept of a database, cut into pieces that can stand in another one of this manager: one
   * for each package, with the programs it owns.
   */
  default List<String> pieces(byte[] kept) {
    return PackageText.pieces(kept);
  }

  /**
   * Whether a program is owned by no package where this file, which names packages, names none for
   * it. Where other files list those of a package, these tell.
   */
  default boolean listsPrograms(String path) {
    return true;
  }

  /**
   * Paths of files that list the programs of this package, a line each; one of them is enough.
   *
   * @param path of the file that names the package
   */
  default List<String> programLists(PackageRecord item, String path) {
    return List.of();
  }

  /** Whether a file at this path lists the programs of a package. */
  default boolean isProgramList(String path) {
    return false;
  }

  /** Where lists of programs name another path than the one a file has. */
  default List<Diversion> diversions(KeptFiles files) {
    return List.of();
  }

  /** Why packages are missing in an image that has this file; null where none are. */
  default @Nullable String unread(TreeNode file) {
    return null;
  }

  /**
   * The package URL; null where what is known of the package is not enough for one.
   *
   * @param os null where the image does not say it
   */
  @Nullable PackageURL url(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException;
}
