package dev.tare.inspect.system;

import dev.tare.facts.Fact;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.KeptKind;
import dev.tare.inspect.content.LayerFile;
import dev.tare.layer.ContentInterest.Extraction;
import org.jspecify.annotations.Nullable;

/** The files that name the distribution, for {@link OsRelease}. */
public final class OsReleaseFiles implements KeptKind {
  public OsReleaseFiles() {}

  @Override
  public String name() {
    return "os-release";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    return OsRelease.PATHS.contains(file.path()) ? Kept.SMALL_TEXT : null;
  }

  @Override
  public @Nullable Fact factOf(String path) {
    return OsRelease.PATHS.contains(path) ? Fact.BASE_OS : null;
  }
}
