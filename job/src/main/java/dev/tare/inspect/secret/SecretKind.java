package dev.tare.inspect.secret;

import dev.tare.facts.Fact;
import dev.tare.inspect.content.FileStart;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.KeptKind;
import dev.tare.inspect.content.LayerFile;
import dev.tare.layer.ContentInterest.Extraction;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files that may hold a secret: of each nothing is kept but that it does. */
public final class SecretKind implements KeptKind {
  private static final int LARGEST_KEY = 64 << 10;

  private static final List<String> SHADOWS = List.of("etc/shadow", "etc/shadow-");

  private static final Kept SHADOW = Kept.text(1, SecretFiles::shadowMark).as("shadow 1");
  private static final Kept PRIVATE_KEY =
      new Kept(LARGEST_KEY, 3, SecretFiles::privateKeyMark).as("private key 1");

  private static final Predicate<String> NUMBER_OR_NOTHING =
      Pattern.compile("-?\\d{0,10}").asMatchPredicate();

  public SecretKind() {}

  @Override
  public String name() {
    return "secrets";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    if (isShadow(file.path())) {
      return SHADOW;
    }
    CredentialFile credentials = CredentialFile.at(file.path());
    boolean key = SecretFiles.isKeyName(file.name()) && file.sizeBytes() <= LARGEST_KEY;
    if ((credentials == null && !key) || SecretFiles.isPublic(file.directory())) {
      return null;
    }
    return credentials == null
        ? PRIVATE_KEY
        : Kept.text(1, credentials::mark).as("credentials 1 " + credentials.path());
  }

  private static boolean isShadow(String path) {
    return SHADOWS.contains(path);
  }

  /** A key whose first line says it is one; accounts of nine fields. */
  @Override
  public @Nullable Extraction recognises(FileStart start) {
    if (start.startsWith("-----BEGIN ") || start.startsWith("PuTTY-User-Key-File-")) {
      List<String> line = start.firstFields('\n');
      return !line.isEmpty()
              && (line.getFirst().contains("PRIVATE KEY") || line.getFirst().startsWith("PuTTY"))
              && start.isAtMost(LARGEST_KEY)
          ? PRIVATE_KEY
          : null;
    }
    List<String> fields = start.firstFields(':');
    return fields.size() == 9
            && !fields.getFirst().isEmpty()
            && fields.subList(2, 8).stream().allMatch(NUMBER_OR_NOTHING)
            && start.isAtMost(SHADOW.maximumBytes())
        ? SHADOW
        : null;
  }

  @Override
  public List<String> places() {
    return SHADOWS;
  }

  @Override
  public boolean isNamedFor(String directory) {
    return CredentialFile.isBelow(directory);
  }

  @Override
  public @Nullable Fact factOf(String path) {
    return isShadow(path)
            || CredentialFile.at(path) != null
            || SecretFiles.isKeyName(path.substring(path.lastIndexOf('/') + 1))
        ? Fact.SECRETS
        : null;
  }
}
