package dev.tare.registry.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.registry.CredentialSource;
import dev.tare.registry.RegistryCredential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedPullSecretsTest {
  @TempDir Path directory;

  private void secret(String name, String registry, String user) throws IOException {
    String auth =
        Base64.getEncoder()
            .encodeToString((user + ":pass-of-" + user).getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        directory.resolve(name), "{\"auths\":{\"" + registry + "\":{\"auth\":\"" + auth + "\"}}}");
  }

  private CredentialSource source() {
    return MountedPullSecrets.of(Map.of("TARE_REGISTRY_SECRETS", directory.toString()));
  }

  @Test
  void secretThatKnowsTheRegistryIsUsed() throws IOException {
    secret("00-a.json", "registry.example.com", "alice");
    secret("01-b.json", "https://mirror.example.com:5000", "bob");
    secret("02-c.json", "registry.example.com", "carol");
    assertThat(source().credential("registry.example.com", null))
        .contains(new RegistryCredential("alice", "pass-of-alice"));
    assertThat(source().credential("mirror.example.com:5000", null))
        .contains(new RegistryCredential("bob", "pass-of-bob"));
    assertThat(source().credential("other.example.com", null)).isEmpty();
  }

  @Test
  void mostSpecificKeyOfAllSecretsIsUsed() throws IOException {
    secret("00-a.json", "*.example.com", "alice");
    secret("01-b.json", "registry.example.com/team", "bob");
    CredentialSource source = source();
    assertThat(source.partsRepositories("registry.example.com"))
        .as("nothing was looked for yet")
        .isFalse();
    assertThat(source.credential("registry.example.com", "team/app"))
        .contains(new RegistryCredential("bob", "pass-of-bob"));
    assertThat(source.credential("registry.example.com", "other/app"))
        .contains(new RegistryCredential("alice", "pass-of-alice"));
    assertThat(source.partsRepositories("registry.example.com")).isTrue();
    assertThat(source.partsRepositories("mirror.example.com")).isFalse();
  }

  @Test
  void brokenSecretIsNamedAndNotShown() throws IOException {
    Files.writeString(directory.resolve("00-a.json"), "{\"auths\": {\"x\": \"s3cret-word");
    assertThatThrownBy(() -> source().credential("registry.example.com", null))
        .hasMessageContaining("00-a.json")
        .hasMessageNotContaining("s3cret-word");
  }

  @Test
  void missingDirectoryIsNoMissingCredential() {
    Path none = directory.resolve("none");
    assertThatThrownBy(() ->
            MountedPullSecrets.of(Map.of("TARE_REGISTRY_SECRETS", none.toString()))
                .credential("registry.example.com", null))
        .hasMessageContaining(none.toString());
  }

  @Test
  void withoutTheVariableThereIsNone() {
    assertThat(MountedPullSecrets.of(Map.of()).credential("registry.example.com", null)).isEmpty();
  }
}
