package dev.tare.registry.wire;

import dev.tare.registry.RegistryCredential;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The credentials in use at a registry, in every form in which an answer may repeat them: some
 * servers and proxies show the request that they refuse, header and all.
 */
public final class KnownSecrets {
  private final Set<String> forms = new HashSet<>();

  /** These of a credential; none where there is none. */
  public KnownSecrets(@Nullable RegistryCredential credential) {
    if (credential != null) {
      add(credential);
    }
  }

  /** Adds those of a credential. */
  public void add(RegistryCredential credential) {
    add(credential.secret());
    add(credential.authorization().substring("Basic ".length()));
  }

  /** Adds a password or a token, as it is and in base64, in JSON and in an address. */
  public void add(String secret) {
    if (!secret.isEmpty()) {
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      forms.add(secret);
      forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
      forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
      forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
      forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
      forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
  }

  /** Whether a text repeats one of them; then nothing of it may be shown. */
  public boolean areIn(String text) {
    return forms.stream().anyMatch(text::contains);
  }
}
