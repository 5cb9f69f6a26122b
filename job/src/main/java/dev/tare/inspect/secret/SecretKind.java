package dev.tare.inspect.secret;

import dev.tare.facts.Fact;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.KeptKind;
import dev.tare.inspect.content.LayerFile;
import dev.tare.layer.ContentInterest.Extraction;
import org.jspecify.annotations.Nullable;

/** Files that may hold a secret: of each nothing is kept but that it does. */
public final class SecretKind implements KeptKind {
  private static final int LARGEST_KEY = 64 << 10;

  private static final Kept SHADOW = Kept.text(1, SecretFiles::shadowMark);
  private static final Kept PRIVATE_KEY = new Kept(LARGEST_KEY, 3, SecretFiles::privateKeyMark);

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
    return credentials == null ? PRIVATE_KEY : Kept.text(1, credentials::mark);
  }

  private static boolean isShadow(String path) {
    return path.equals("etc/shadow") || path.equals("etc/shadow-");
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
