package dev.tare.inspect.packages.pacman;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arch Linux: a directory a package, with its description and a list of its files. */
public final class PacmanReader implements PackageReader {
  private static final String LOCAL = "var/lib/pacman/local/";
  private static final Kept DESCRIPTION =
      Kept.text(1, PacmanDatabase::reduceDescription).as("pacman desc 1");
  private static final Kept FILES = Kept.text(8, PacmanDatabase::reduceFiles).as("pacman files 1");

  public PacmanReader() {}

  @Override
  public String name() {
    return "pacman";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    if (!file.directory().startsWith(LOCAL)) {
      return null;
    }
    return switch (file.name()) {
      case "desc" -> DESCRIPTION;
      case "files" -> FILES;
      default -> null;
    };
  }

  @Override
  public @Nullable Extraction recognises(FileStart start) {
    if (start.startsWith("%NAME%\n")) {
      return DESCRIPTION;
    }
    return start.startsWith("%FILES%\n") ? FILES : null;
  }

  @Override
  public List<String> places() {
    return List.of(LOCAL.substring(0, LOCAL.length() - 1));
  }

  @Override
  public boolean isPackage(KeptFiles.Version file) {
    String path = file.node().path();
    return path.startsWith(LOCAL) && path.endsWith("/desc");
  }

  @Override
  public List<String> programLists(PackageRecord item, String path) {
    return List.of(LOCAL + item.name() + "-" + item.version() + "/files");
  }

  @Override
  public boolean isProgramList(String path) {
    return path.startsWith(LOCAL) && path.endsWith("/files");
  }

  @Override
  public PackageURL url(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    return PackageUrls.ofSystem(item, os);
  }
}
