package dev.tare.inspect.config;

import dev.tare.facts.Fact;
import dev.tare.inspect.content.FileStart;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.KeptKind;
import dev.tare.inspect.content.LayerFile;
import dev.tare.layer.ContentInterest.Extraction;
import java.util.List;
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

  /** A first line of seven fields, the third and fourth of which are numbers. */
  @Override
  public @Nullable Extraction recognises(FileStart start) {
    List<String> fields = start.firstFields(':');
    return fields.size() == 7
            && !fields.getFirst().isEmpty()
            && AccountReader.isId(fields.get(2))
            && AccountReader.isId(fields.get(3))
            && start.isAtMost(Kept.SMALL_TEXT.maximumBytes())
        ? Kept.SMALL_TEXT
        : null;
  }

  @Override
  public List<String> places() {
    return List.of(AccountReader.PATH);
  }

  @Override
  public @Nullable Fact factOf(String path) {
    return path.equals(AccountReader.PATH) ? Fact.ACCOUNTS : null;
  }
}
