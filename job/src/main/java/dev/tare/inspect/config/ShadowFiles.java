package dev.tare.inspect.config;

import dev.tare.facts.Fact;
import dev.tare.inspect.content.FileStart;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.KeptKind;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.secret.SecretFiles;
import dev.tare.layer.ContentInterest.Extraction;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files that hold the passwords of accounts: nothing is kept but that there is a hash in them,
 * for the secrets, and which accounts have an empty one, for {@link AccountReader}.
 */
public final class ShadowFiles implements KeptKind {
  static final String PATH = "etc/shadow";

  private static final List<String> PATHS = List.of(PATH, "etc/shadow-");
  private static final Kept KEPT = Kept.text(1, SecretFiles::shadowMark).as("shadow 1");

  private static final Predicate<String> NUMBER_OR_NOTHING =
      Pattern.compile("-?\\d{0,10}").asMatchPredicate();

  public ShadowFiles() {}

  @Override
  public String name() {
    return "shadow";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    return PATHS.contains(file.path()) ? KEPT : null;
  }

  /** A first line of nine fields, of which those about the password's age are numbers or empty. */
  @Override
  public @Nullable Extraction recognises(FileStart start) {
    List<String> fields = start.firstFields(':');
    return fields.size() == 9
            && !fields.getFirst().isEmpty()
            && fields.subList(2, 8).stream().allMatch(NUMBER_OR_NOTHING)
            && start.isAtMost(KEPT.maximumBytes())
        ? KEPT
        : null;
  }

  @Override
  public List<String> places() {
    return PATHS;
  }

  @Override
  public @Nullable Fact factOf(String path) {
    return PATHS.contains(path) ? Fact.SECRETS : null;
  }
}
