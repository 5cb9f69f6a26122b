package dev.tare.cli.option;

import dev.tare.vulnerability.FeedAddresses;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where feeds of advisories are fetched. */
public final class FeedAddressOptions {
  @Option(
      names = "--vulnerabilities-feeds",
      paramLabel = "FILE",
      description =
          "File of the addresses that feeds are fetched from, such as those of a mirror, in the"
              + " form of config/feeds.yaml. Default: that, which ships with Tare.")
  private @Nullable Path file;

  /** Throws USAGE where the file cannot be used. */
  public FeedAddresses resolve() {
    Path named = file;
    return named == null || named.toString().isBlank()
        ? FeedAddresses.shipped()
        : FeedAddresses.read(named);
  }
}
