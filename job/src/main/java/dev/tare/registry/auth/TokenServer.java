package dev.tare.registry.auth;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpAnswer;
import dev.tare.http.HttpTransport;
import dev.tare.registry.RegistryCredential;
import dev.tare.registry.wire.ErrorDocument;
import dev.tare.registry.wire.KnownSecrets;
import dev.tare.registry.wire.RegistryHost;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gets tokens from the realm a registry names.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">Token
 *     authentication</a>
 * @see <a href="https://distribution.github.io/distribution/spec/auth/oauth/">OAuth 2</a>
 */
public final class TokenServer {
  /**
   * A token and how long it holds.
   *
   * @param value as it goes into the header
   */
  record Token(String value, Duration validFor) {
    /** Does not show the token. */
    @Override
    public String toString() {
      return "Token[valid for " + validFor + "]";
    }
  }

  /** The token server does not give a token to this caller; the message is its answer. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int LONGEST_BYTES = 1024 * 1024;

  /** What the specification says where the answer says nothing. */
  private static final Duration DEFAULT_VALIDITY = Duration.ofSeconds(60);

  private static final long LONGEST_VALIDITY_SECONDS = Duration.ofHours(12).toSeconds();

  private final RegistryHost host;
  private final HttpTransport transport;

  public TokenServer(RegistryHost host, HttpTransport transport) {
    this.host = host;
    this.transport = transport;
  }

  /**
   * A token for a scope.
   *
   * @param secure whether the registry speaks TLS, and so its token server must as well
   */
  Token token(
      Challenge.Bearer challenge,
      @Nullable String scope,
      @Nullable RegistryCredential credential,
      boolean secure)
      throws IOException, Refused {
    URI realm = realm(challenge.realm(), credential);
    String refusal = transport.refusal(host.uri(secure ? "https" : "http"), realm);
    if (refusal != null) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "authenticate for "
              + host
              + " at "
              + realm.getScheme()
              + "://"
              + realm.getAuthority()
              + ": a registry may not name a token server "
              + refusal,
          "Nothing was sent there: ask the operator of " + host + " for another realm.");
    }
    String action = "authenticate at " + realm.getHost() + " for " + host;
    try (HttpAnswer response = ask(realm, challenge.service(), scope, credential)) {
      if (response.isSuccess()) {
        return parse(action, response.body(action, "the answer", LONGEST_BYTES));
      }
      String cause =
          action
              + ": "
              + said(ErrorDocument.read(response, new KnownSecrets(credential)), response);
      if (response.status() == 429 || response.status() >= 500) {
        throw new IOException(cause); // Passes; the request it was for is sent again.
      }
      throw new Refused(cause);
    }
  }

  /** What it says in the specification's form; anything else may hold a secret of its own. */
  private static String said(ErrorDocument document, HttpAnswer response) {
    return document.code() != null
        ? document.describe(response.status())
        : Integer.toString(response.status());
  }

  private HttpAnswer ask(
      URI realm,
      @Nullable String service,
      @Nullable String scope,
      @Nullable RegistryCredential credential)
      throws IOException {
    if (credential != null && credential.isIdentityToken()) {
      return transport.post(
          realm,
          form("grant_type", "refresh_token")
              + "&"
              + form("client_id", "tare")
              + "&"
              + form("refresh_token", credential.secret())
              + (service == null ? "" : "&" + form("service", service))
              + (scope == null ? "" : "&" + form("scope", scope)));
    }
    StringBuilder query = new StringBuilder();
    append(query, realm.getRawQuery());
    append(query, service == null ? null : form("service", service));
    append(query, scope == null ? null : form("scope", scope));
    URI uri =
        URI.create(
            realm.getScheme()
                + "://"
                + realm.getRawAuthority()
                + (realm.getRawPath().isEmpty() ? "/" : realm.getRawPath())
                + (query.isEmpty() ? "" : "?" + query));
    return transport.send(
        "GET",
        uri,
        credential == null ? Map.of() : Map.of("Authorization", credential.authorization()));
  }

  private URI realm(String text, @Nullable RegistryCredential credential) {
    try {
      URI realm = new URI(text);
      boolean http = "https".equals(realm.getScheme()) || "http".equals(realm.getScheme());
      if (http && realm.getHost() != null && realm.getUserInfo() == null) {
        return realm;
      }
    } catch (URISyntaxException e) {
      // Not as a cause: its message repeats the whole address.
      throw notARealm(text, credential);
    }
    throw notARealm(text, credential);
  }

  private TareException notARealm(String text, @Nullable RegistryCredential credential) {
    String address = text.split("\\?", 2)[0].replaceFirst("//[^/]*@", "//");
    String shown =
        new KnownSecrets(credential).areIn(address)
            ? ""
            : address.length() > 100 ? address.substring(0, 100) + "…" : address;
    return new TareException(
        FailureKind.BAD_CONTENT,
        "authenticate at " + host + ": realm \"" + shown + "\": expected an http or https address");
  }

  private static Token parse(String action, byte[] body) {
    JsonNode document;
    try {
      document = MAPPER.readTree(body);
    } catch (JacksonException e) {
      // Neither the parser's message nor its cause: either may quote a token.
      throw new TareException(FailureKind.BAD_CONTENT, action + ": the answer is not JSON");
    }
    String token = document.path("token").asString("");
    String value = token.isEmpty() ? document.path("access_token").asString("") : token;
    if (value.isEmpty() || !value.matches("[\\x21-\\x7e]+")) {
      throw new TareException(
          FailureKind.BAD_CONTENT, action + ": the answer holds no usable token");
    }
    long seconds = document.path("expires_in").asLong(0);
    return new Token(
        value,
        seconds <= 0
            ? DEFAULT_VALIDITY
            : Duration.ofSeconds(Math.min(seconds, LONGEST_VALIDITY_SECONDS)));
  }

  private static void append(StringBuilder query, @Nullable String part) {
    if (part != null && !part.isEmpty()) {
      query.append(query.isEmpty() ? "" : "&").append(part);
    }
  }

  private static String form(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
