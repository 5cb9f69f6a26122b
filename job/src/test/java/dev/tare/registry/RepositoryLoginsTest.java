package dev.tare.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.tare.demo.LoopbackRegistry;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpOptions;
import dev.tare.stop.StopSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two repositories of one registry that have a login each. */
class RepositoryLoginsTest {
  private static final RegistryCredential ALICE = new RegistryCredential("alice", "a-pass");
  private static final RegistryCredential BOB = new RegistryCredential("bob", "b-pass");
  private static final RegistryCredential STRANGER = new RegistryCredential("eve", "e-pass");
  private static final String BEARER = "Bearer ";

  /** Lets Alice into {@code alice/…}, Bob into {@code bob/…}, and both, but nobody else, in. */
  private static final class TwoAccounts extends Filter {
    private boolean tokens;

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
      String path = exchange.getRequestURI().getPath();
      String sent =
          Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
      if (path.equals("/token")) {
        answer(exchange, 200, "{\"token\":\"" + user(sent) + "\"}");
        return;
      }
      String user =
          tokens
              ? sent.startsWith(BEARER) ? sent.substring(BEARER.length()) : "nobody"
              : user(sent);
      if (user.equals("nobody")) {
        exchange
            .getResponseHeaders()
            .set(
                "WWW-Authenticate",
                tokens
                    ? BEARER
                        + "realm=\"http://"
                        + exchange.getRequestHeaders().getFirst("Host")
                        + "/token\""
                    : "Basic realm=\"test\"");
        answer(exchange, 401, error("UNAUTHORIZED"));
      } else if (path.equals("/v2/") || path.startsWith("/v2/" + user + "/")) {
        chain.doFilter(exchange);
      } else {
        answer(exchange, 403, error("DENIED"));
      }
    }

    private static String user(String authorization) {
      return authorization.equals(ALICE.authorization())
          ? "alice"
          : authorization.equals(BOB.authorization()) ? "bob" : "nobody";
    }

    private static String error(String code) {
      return "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"no\"}]}";
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    }

    @Override
    public String description() {
      return "two accounts";
    }
  }

  private final TwoAccounts accounts = new TwoAccounts();
  private final Map<String, RegistryCredential> logins = new TreeMap<>();
  private LoopbackRegistry registry;

  @BeforeEach
  void start() throws IOException {
    registry = LoopbackRegistry.filtered(List.of(accounts));
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private ImageSource open() {
    CredentialSource source =
        new CredentialSource() {
          @Override
          public Optional<RegistryCredential> credential(String host, @Nullable String repository) {
            return Optional.ofNullable(logins.get(repository == null ? "" : repository));
          }

          @Override
          public boolean partsRepositories(String host) {
            return true;
          }
        };
    return RegistrySources.open(
        registry.host(),
        RegistryOptions.defaults().withHttp(HttpOptions.defaults().withRetries(0, Duration.ZERO)),
        CredentialSource.anonymous().orElse(source),
        new StopSignal(),
        any -> {});
  }

  private static TareException failure(ThrowingCallable call) {
    TareException failure = catchThrowableOfType(TareException.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachRepositoryIsReadWithItsLogin(boolean tokens) {
    accounts.tokens = tokens;
    logins.put("alice/app", ALICE);
    logins.put("bob/app", BOB);
    try (ImageSource source = open()) {
      for (String repository : List.of("alice/app", "bob/app", "alice/app")) {
        assertThat(failure(() -> source.tags(repository)).kind())
            .as("it is let in, and there are no tags")
            .isEqualTo(FailureKind.NOT_FOUND);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void repositoryWithoutALoginEndsNoRun(boolean tokens) {
    accounts.tokens = tokens;
    logins.put("alice/app", ALICE);
    try (ImageSource source = open()) {
      TareException e = failure(() -> source.tags("bob/app"));
      assertThat(e.kind()).isEqualTo(FailureKind.DENIED);
      assertThat(e.hint())
          .isEqualTo(
              "No login is known for %1$s/bob/app, only for other repositories of %1$s."
                  .formatted(registry.host()));
      assertThat(failure(() -> source.tags("alice/app")).kind()).isEqualTo(FailureKind.NOT_FOUND);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void loginThatIsNotAcceptedIsThatOfItsRepository(boolean tokens) {
    accounts.tokens = tokens;
    logins.put("alice/app", ALICE);
    logins.put("bob/app", STRANGER);
    logins.put("alice/other", BOB);
    try (ImageSource source = open()) {
      assertThat(failure(() -> source.tags("alice/app")).kind()).isEqualTo(FailureKind.NOT_FOUND);

      TareException e = failure(() -> source.tags("bob/app"));
      assertThat(e.kind()).isEqualTo(FailureKind.DENIED);
      assertThat(e.hint()).startsWith("The registry does not accept the login of");

      TareException other = failure(() -> source.tags("alice/other"));
      assertThat(other.kind()).isEqualTo(FailureKind.DENIED);
      assertThat(other.hint())
          .isEqualTo("These credentials may not pull from " + registry.host() + "/alice/other.");
    }
  }

  @Test
  void listIsAskedForWithTheLoginOfTheRegistry() {
    logins.put("alice/app", ALICE);
    try (ImageSource source = open()) {
      TareException e = failure(() -> source.repositories().hasNext());
      assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
      assertThat(e.hint()).startsWith("The registry wants credentials");
    }
    logins.put("", ALICE);
    try (ImageSource source = open()) {
      TareException e = failure(() -> source.repositories().hasNext());
      assertThat(e.hint()).startsWith("These credentials may not list repositories");
    }
  }
}
