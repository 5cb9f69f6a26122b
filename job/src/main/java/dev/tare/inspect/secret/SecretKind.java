package dev.tare.inspect.secret;

import dev.tare.facts.Fact;
import dev.tare.inspect.content.FileStart;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.KeptKind;
import dev.tare.inspect.content.LayerFile;
import dev.tare.layer.ContentInterest.Extraction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files that may hold a secret: of each nothing is kept but that it does. */
public final class SecretKind implements KeptKind {
  private static final int LARGEST_KEY = 64 << 10;

  private static final Kept PRIVATE_KEY =
      new Kept(LARGEST_KEY, 3, SecretFiles::privateKeyMark).as("private key 1");

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
    CredentialFile credentials = CredentialFile.at(file.path());
    boolean key = SecretFiles.isKeyName(file.name()) && file.sizeBytes() <= LARGEST_KEY;
    if ((credentials == null && !key) || SecretFiles.isPublic(file.directory())) {
      return null;
    }
    return credentials == null
        ? PRIVATE_KEY
        : Kept.text(1, credentials::mark).as("credentials 1 " + credentials.path());
  }

  /** A key whose first line says it is one. */
  @Override
  public @Nullable Extraction recognises(FileStart start) {
    if (!start.startsWith("-----BEGIN ") && !start.startsWith("PuTTY-User-Key-File-")) {
      return null;
    }
    List<String> line = start.firstFields('\n');
    return !line.isEmpty()
            && (line.getFirst().contains("PRIVATE KEY") || line.getFirst().startsWith("PuTTY"))
            && start.isAtMost(LARGEST_KEY)
        ? PRIVATE_KEY
        : null;
  }

  @Override
  public boolean isNamedFor(String directory) {
    return CredentialFile.isBelow(directory);
  }

  @Override
  public @Nullable Fact factOf(String path) {
    return CredentialFile.at(path) != null
            || SecretFiles.isKeyName(path.substring(path.lastIndexOf('/') + 1))
        ? Fact.SECRETS
        : null;
  }
}
