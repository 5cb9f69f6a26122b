package dev.tare.inspect.system;

import dev.tare.facts.Fact;
import dev.tare.inspect.content.FileStart;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.KeptKind;
import dev.tare.inspect.content.LayerFile;
import dev.tare.layer.ContentInterest.Extraction;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files that name the distribution, for {@link OsRelease}. */
public final class OsReleaseFiles implements KeptKind {
  private static final Pattern KEY = Pattern.compile("\\uFEFF?[A-Z][A-Z0-9_]*");
  private static final List<String> PATHS =
      Stream.concat(OsRelease.PATHS.stream(), ReleaseFiles.PATHS.stream()).toList();
  private static final int LARGEST = 64 << 10;

  public OsReleaseFiles() {}

  @Override
  public String name() {
    return "os-release";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    return PATHS.contains(file.path()) ? Kept.SMALL_TEXT : null;
  }

  @Override
  public @Nullable Extraction recognises(FileStart start) {
    List<String> fields = start.firstFields('=');
    return fields.size() > 1
            && KEY.matcher(fields.getFirst()).matches()
            && start.hasLine("ID=")
            && start.isAtMost(LARGEST)
        ? Kept.SMALL_TEXT
        : null;
  }

  @Override
  public List<String> places() {
    return PATHS;
  }

  @Override
  public @Nullable Fact factOf(String path) {
    return PATHS.contains(path) ? Fact.BASE_OS : null;
  }
}
