package dev.tare.inspect.config;

import dev.tare.facts.Fact;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.KeptKind;
import dev.tare.inspect.content.LayerFile;
import dev.tare.layer.ContentInterest.Extraction;
import org.jspecify.annotations.Nullable;

/** The file that names the accounts, for {@link AccountReader}. */
public final class AccountFiles implements KeptKind {
  public AccountFiles() {}

  @Override
  public String name() {
    return "accounts";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    return file.path().equals(AccountReader.PATH) ? Kept.SMALL_TEXT : null;
  }

  @Override
  public @Nullable Fact factOf(String path) {
    return path.equals(AccountReader.PATH) ? Fact.ACCOUNTS : null;
  }
}
