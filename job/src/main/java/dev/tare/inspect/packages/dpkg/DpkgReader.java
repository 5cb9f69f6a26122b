package dev.tare.inspect.packages.dpkg;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.facts.Fact;
import dev.tare.inspect.content.FileStart;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.packages.reader.Diversion;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageUrls;
import dev.tare.inspect.packages.reader.Paragraphs;
import dev.tare.inspect.system.OsRelease;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.layer.ContentInterest.Extraction;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Debian, Ubuntu: one database, or a file a package in images that Bazel makes; a list of files a
 * package, or of the sums of its files.
 */
public final class DpkgReader implements PackageReader {
  private static final String STATUS = "var/lib/dpkg/status";
  private static final String STATUS_OF_ONE = "var/lib/dpkg/status.d";
  private static final String INFO = "var/lib/dpkg/info";
  private static final String DIVERSIONS = "var/lib/dpkg/diversions";

  private static final Kept KEPT_STATUS =
      Kept.text(16, DpkgDatabase::reduceStatus).as("dpkg status 1");
  private static final Kept KEPT_LIST = Kept.text(4, DpkgDatabase::reduceList).as("dpkg list 1");

  private static final String LIST = ".list";

  /** Of the regular files of a package; images whose lists were removed have these still. */
  private static final String SUMS = ".md5sums";

  private static final Kept KEPT_SUMS = Kept.text(4, DpkgDatabase::reduceSums).as("dpkg md5sums 1");

  /**
   * Of a file that states no status, as one of a package alone does: lists of archives are larger.
   */
  private static final long LARGEST_OF_ONE = 64 << 10;

  public DpkgReader() {}

  @Override
  public String name() {
    return "dpkg";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    if (file.path().equals(DIVERSIONS)) {
      return Kept.SMALL_TEXT;
    }
    if (file.path().equals(STATUS)) {
      return KEPT_STATUS;
    }
    return switch (file.directory()) {
      case STATUS_OF_ONE -> file.name().endsWith(SUMS) ? KEPT_SUMS : KEPT_STATUS;
      case INFO ->
          file.name().endsWith(LIST) ? KEPT_LIST : file.name().endsWith(SUMS) ? KEPT_SUMS : null;
      default -> null;
    };
  }

  @Override
  public @Nullable Extraction recognises(FileStart start) {
    if (start.startsWith("/.\n/")) {
      return KEPT_LIST;
    }
    return start.startsWith("Package: ")
            && (start.hasLine("Status: ") || start.isAtMost(LARGEST_OF_ONE))
        ? KEPT_STATUS
        : null;
  }

  @Override
  public List<String> places() {
    return List.of(STATUS, STATUS_OF_ONE, INFO, DIVERSIONS);
  }

  @Override
  public @Nullable Fact factOf(String path) {
    return path.startsWith(INFO + "/") || path.equals(DIVERSIONS) || path.endsWith(SUMS)
        ? Fact.TOOLS_OWNED
        : PackageReader.super.factOf(path);
  }

  @Override
  public List<String> databases() {
    return List.of(STATUS);
  }

  @Override
  public boolean isPackage(KeptFiles.Version file) {
    String path = file.node().path();
    return path.startsWith(STATUS_OF_ONE + "/") && !path.endsWith(SUMS);
  }

  @Override
  public List<String> pieces(byte[] kept) {
    return Paragraphs.of(kept);
  }

  @Override
  public List<PackageRecord> packages(
      byte[] kept, BiConsumer<PackageRecord, String> files, Consumer<String> failed) {
    return DpkgDatabase.packages("deb", kept, failed);
  }

  @Override
  public boolean listsPrograms(String path) {
    return false;
  }

  @Override
  public List<String> programLists(PackageRecord item, String path) {
    if (path.startsWith(STATUS_OF_ONE + "/")) {
      return List.of(path + SUMS);
    }
    String list = INFO + "/" + item.name();
    return Stream.of(list, list + ":" + item.architecture())
        .flatMap(of -> Stream.of(of + LIST, of + SUMS))
        .toList();
  }

  @Override
  public boolean isProgramList(String path) {
    return path.startsWith(INFO + "/")
        ? path.endsWith(LIST) || path.endsWith(SUMS)
        : path.endsWith(SUMS) && path.startsWith(STATUS_OF_ONE + "/");
  }

  @Override
  public List<Diversion> diversions(KeptFiles files) {
    KeptFiles.Version diversions = files.visibleAt(DIVERSIONS);
    return diversions == null ? List.of() : DpkgDatabase.diversions(diversions.content());
  }

  @Override
  public PackageURL url(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    return PackageUrls.ofSystem(item, os);
  }
}
