package dev.tare.cli.option;

import dev.tare.oci.ImageGlob;
import dev.tare.oci.Platform;
import dev.tare.registry.ImageFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which images of the targets. */
public final class SelectionOptions {
  @Option(
      names = "--include",
      paramLabel = "GLOB",
      split = ",",
      description = "Only repository:tag that match, for example 'team/*:*'. Repeatable.")
  List<String> include = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      split = ",",
      description = "Skip repository:tag that match. Repeatable.")
  List<String> exclude = List.of();

  @Option(
      names = "--tags",
      paramLabel = "N",
      description = "Only the newest N tags of each repository, by version order.")
  @Nullable Integer tags;

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH[/VARIANT]",
      split = ",",
      description = "Only these platforms of an index. Default: all that can run. Repeatable.")
  public List<String> platforms = List.of();

  public ImageFilter filter() {
    if (tags != null && tags < 1) {
      throw Usage.error("--tags " + tags + ": expected 1 or more", null);
    }
    return new ImageFilter(
        include.stream().map(ImageGlob::parse).toList(),
        exclude.stream().map(ImageGlob::parse).toList(),
        tags == null ? 0 : tags,
        platforms(platforms));
  }

  public static List<Platform> platforms(List<String> texts) {
    try {
      return texts.stream().map(Platform::parse).toList();
    } catch (IllegalArgumentException e) {
      throw Usage.error("--platform: " + e.getMessage(), null);
    }
  }
}
