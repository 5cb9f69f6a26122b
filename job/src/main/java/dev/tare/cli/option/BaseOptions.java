package dev.tare.cli.option;

import dev.tare.lineage.BaseCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which bases are known besides what was scanned. */
public final class BaseOptions {
  static final Path USUAL = Path.of("bases.yaml");

  @Option(
      names = "--bases",
      paramLabel = "FILE",
      description =
          "File of known bases, as tare bases learn writes it. Default: bases.yaml in this directory, if there is one.")
  @Nullable Path bases;

  /** Those that ship with Tare and those of the file. */
  public BaseCatalogue catalogue() {
    return own().over(BaseCatalogue.shipped());
  }

  /** Those of the file alone; none where the usual one is not there. */
  BaseCatalogue own() {
    return bases != null || Files.exists(USUAL) ? BaseCatalogue.read(file()) : BaseCatalogue.EMPTY;
  }

  public Path file() {
    return bases == null ? USUAL : bases;
  }
}
