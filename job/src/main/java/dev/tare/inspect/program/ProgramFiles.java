package dev.tare.inspect.program;

import dev.tare.facts.Fact;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.KeptKind;
import dev.tare.inspect.content.LayerFile;
import dev.tare.layer.ContentInterest.Extraction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Executables, of which is kept what {@link ProgramReader} finds in them. */
public final class ProgramFiles implements KeptKind {
  /** The applets of Alpine's busybox, where that has no readable table. */
  static final String ALPINE_LIST = "etc/busybox-paths.d/busybox";

  private static final List<String> NEVER_STARTED =
      List.of("usr/share/", "usr/lib/", "usr/src/", "var/lib/dpkg/", "etc/init.d", "lib/apk/");

  public ProgramFiles() {}

  @Override
  public String name() {
    return "programs";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    if (file.path().equals(ALPINE_LIST)) {
      return Kept.SMALL_TEXT;
    }
    if (!file.isExecutable()) {
      return null;
    }
    if (file.name().contains(".so.") || file.name().endsWith(".so")) {
      return isLibraryDirectory(file.directory()) ? null : ProgramReader.LIBRARY;
    }
    return mayBeStarted(file.directory()) ? ProgramReader.STARTABLE : ProgramReader.BINARY;
  }

  @Override
  public List<String> places() {
    return List.of(ALPINE_LIST);
  }

  /** Nobody knows by a path alone that it is no program. */
  @Override
  public Fact factOf(String path) {
    return Fact.TOOLS;
  }

  /**
   * Whether a container may be started with an executable of this directory: not where packages
   * keep the scripts they run themselves, by the thousand.
   */
  private static boolean mayBeStarted(String directory) {
    return NEVER_STARTED.stream().noneMatch(directory::startsWith)
        && !directory.contains("node_modules/")
        && !directory.contains("/site-packages/")
        && !directory.contains("/dist-packages/")
        && !directory.contains(".git/");
  }

  /** Where distributions install libraries, many of them by the mode of a program. */
  private static boolean isLibraryDirectory(String directory) {
    return directory.startsWith("usr/lib")
        || directory.startsWith("lib")
        || directory.startsWith("usr/local/lib");
  }
}
