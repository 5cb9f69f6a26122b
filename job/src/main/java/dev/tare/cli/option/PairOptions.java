package dev.tare.cli.option;

import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How images that are set beside each other are read, judged and shown. */
public final class PairOptions {
  @Mixin public SharedFormat format = new SharedFormat();
  @Mixin public JudgeOptions judging = new JudgeOptions();
  @Mixin public BaseOptions bases = new BaseOptions();
  @Mixin public ReadingOptions reading = new ReadingOptions();

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH[/VARIANT]",
      split = ",",
      description = "Only these platforms of an index. Default: all that both have. Repeatable.")
  public List<String> platforms = List.of();

  @Mixin public TreeOptions shown = new TreeOptions();
}
