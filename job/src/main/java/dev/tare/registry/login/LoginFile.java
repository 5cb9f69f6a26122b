package dev.tare.registry.login;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.registry.RegistryCredential;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a configuration file of Docker, Podman or Kubernetes says of logins:
 *
 * <pre>
 * {"auths": {"registry.example.com": {"auth": "dXNlcjpwYXNz"}},
 *  "credHelpers": {"123.dkr.ecr.eu-west-1.amazonaws.com": "ecr-login"}, "credsStore": "pass"}
 * </pre>
 *
 * It is read where a registry asks for a login; an error names the file and the key, never the
 * content.
 */
final class LoginFile {
  /** A program to ask, and what it is asked for. */
  record Helper(String name, String server) {}

  private record Written(String key, JsonNode value) {}

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String AUTHS = "auths";

  private final String name;
  private final JsonNode document;

  private LoginFile(String name, JsonNode document) {
    this.name = name;
    this.document = document;
  }

  /** A file that somebody has named, and so must be there. */
  static LoginFile require(String variable, Path file) {
    return read(file)
        .orElseThrow(() ->
            new TareException(
                FailureKind.ENVIRONMENT,
                "read logins from " + file + ": there is no such file",
                "Mend or unset " + variable + ", which names it."));
  }

  /** A file; empty where there is none. */
  static Optional<LoginFile> read(Path file) {
    String name = file.toString();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(name, e.toString());
    }
    return Optional.of(
        new LoginFile(name, parse(name, new String(content, StandardCharsets.UTF_8))));
  }

  /** The file of Docker's first versions, which has nothing but {@code auths}. */
  static Optional<LoginFile> readOld(Path file) {
    return read(file)
        .map(old -> {
          ObjectNode document = MAPPER.createObjectNode();
          document.set(AUTHS, old.document);
          return new LoginFile(old.name, document);
        });
  }

  /**
   * What a variable holds.
   *
   * @param name of the variable
   */
  static LoginFile of(String name, String content) {
    return new LoginFile(name, parse(name, content));
  }

  private static JsonNode parse(String name, String content) {
    JsonNode document;
    try {
      document = MAPPER.readTree(content);
    } catch (JacksonException e) {
      // Its message quotes the content.
      throw unreadable(name, "it is no JSON that can be read");
    }
    if (!document.isObject() && !document.isMissingNode()) {
      throw unreadable(name, "it is no JSON object");
    }
    return document;
  }

  /** What to call it. */
  String name() {
    return name;
  }

  /** The login that is written in it under this key. */
  Optional<RegistryCredential> written(LoginKey key) {
    return of(AUTHS, key).flatMap(found -> login(found).stream()).findFirst();
  }

  /** Whether it has keys for namespaces or repositories of a registry. */
  boolean partsRepositories(String registry) {
    LoginKey whole = LoginKey.of(registry);
    return all(AUTHS).properties().stream()
        .map(one -> LoginKey.of(one.getKey()))
        .anyMatch(key -> !key.path().isEmpty() && key.registry().matches(whole));
  }

  /** The helper of this registry alone. */
  Optional<Helper> helper(String registry) {
    return of("credHelpers", LoginKey.of(registry))
        .findFirst()
        .map(found -> new Helper(text(found.value, "credHelpers[" + found.key + "]"), found.key));
  }

  /**
   * The helper of all registries that have none of their own; of a namespace where the file says
   * that it has a login.
   */
  Optional<Helper> store(LoginKey key) {
    String store = text(document.path("credsStore"), "credsStore");
    if (store.isEmpty()) {
      return Optional.empty();
    }
    return of(AUTHS, key)
        .findFirst()
        .map(Written::key)
        .or(() -> key.path().isEmpty() ? Optional.of(key.server()) : Optional.empty())
        .map(server -> new Helper(store, server));
  }

  /** What stands under a key; first what is written as it is sought. */
  private Stream<Written> of(String member, LoginKey key) {
    return all(member).properties().stream()
        .map(one -> new Written(one.getKey(), one.getValue()))
        .filter(one -> LoginKey.of(one.key).matches(key))
        .sorted(Comparator.comparing((Written one) -> !one.key.equals(key.toString())));
  }

  private JsonNode all(String member) {
    JsonNode all = document.path(member);
    if (!all.isObject() && !all.isMissingNode() && !all.isNull()) {
      throw unreadable(name, member + " is no JSON object");
    }
    return all;
  }

  /** Empty where the entry says only that there is a login, which a helper has. */
  private Optional<RegistryCredential> login(Written entry) {
    if (!entry.value.isObject()) {
      throw unreadable(name, AUTHS + "[" + entry.key + "] is no JSON object");
    }
    String identity = entry.value.path("identitytoken").asString("");
    if (!identity.isEmpty()) {
      return Optional.of(RegistryCredential.ofIdentityToken(identity));
    }
    String username = entry.value.path("username").asString("");
    String password = entry.value.path("password").asString("");
    if (!username.isEmpty() && !password.isEmpty()) {
      return Optional.of(new RegistryCredential(username, password));
    }
    String auth = text(entry.value.path("auth"), AUTHS + "[" + entry.key + "].auth");
    return auth.isEmpty() ? Optional.empty() : Optional.of(decode(auth, entry.key));
  }

  private RegistryCredential decode(String auth, String key) {
    String decoded;
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(auth);
      decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      decoded = "";
    }
    int colon = decoded.indexOf(':');
    if (colon < 1) {
      throw unreadable(name, AUTHS + "[" + key + "].auth is not USER:PASSWORD in base64");
    }
    // Docker once padded it with zeros.
    return new RegistryCredential(
        decoded.substring(0, colon), decoded.substring(colon + 1).replaceFirst("\0+$", ""));
  }

  private String text(JsonNode value, String where) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isString()) {
      throw unreadable(name, where + " is no text");
    }
    return value.asString();
  }

  private static TareException unreadable(String name, String reason) {
    return new TareException(
        FailureKind.ENVIRONMENT,
        "read logins from " + name + ": " + reason,
        "Mend it, or move it away and have it written again: docker login REGISTRY, podman login"
            + " REGISTRY, or for a pull secret kubectl create secret docker-registry.");
  }
}
