package dev.tare.inspect.base;

import dev.tare.facts.Fact;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.KeptKind;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.content.TextLines;
import dev.tare.layer.ContentInterest.Extraction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What dpkg is configured to leave out, for {@link BaseClassifier}. */
public final class ExclusionFiles implements KeptKind {
  static final String DIRECTORY = "etc/dpkg/dpkg.cfg.d";

  private static final Kept EXCLUSIONS = Kept.text(1, ExclusionFiles::reduce).as("exclusions 1");

  public ExclusionFiles() {}

  @Override
  public String name() {
    return "base";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    return file.directory().equals(DIRECTORY) ? EXCLUSIONS : null;
  }

  @Override
  public List<String> places() {
    return List.of(DIRECTORY);
  }

  @Override
  public @Nullable Fact factOf(String path) {
    return path.startsWith(DIRECTORY + "/") ? Fact.BASE_CLASS : null;
  }

  private static byte[] reduce(byte[] content) {
    StringBuilder kept = new StringBuilder();
    TextLines.of(content)
        .map(String::strip)
        .filter(line -> line.startsWith("path-exclude"))
        .forEach(line -> kept.append(line).append('\n'));
    return kept.toString().getBytes(StandardCharsets.UTF_8);
  }
}
