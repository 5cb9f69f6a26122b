package dev.tare.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.tare.demo.LoopbackRegistry;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpOptions;
import dev.tare.stop.StopSignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthenticationTest {
  private static final RegistryCredential SCAN = new RegistryCredential("scan", "s3cret-word");
  private static final String UNAUTHORIZED =
      "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication required\"}]}";
  private static final String DENIED =
      "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"requested access is denied\"}]}";

  private final Faults faults = new Faults();
  private final List<String> tokenRequests = Collections.synchronizedList(new ArrayList<>());
  private LoopbackRegistry registry;
  private HttpServer tokenServer;
  private volatile int tokenStatus = 200;
  private volatile String tokenAnswer = "{\"token\":\"t-0\",\"expires_in\":300}";

  @BeforeEach
  void start() throws IOException {
    registry = LoopbackRegistry.filtered(List.of(faults));
    tokenServer =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    tokenServer.createContext(
        "/token",
        exchange -> {
          String form =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          tokenRequests.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + form
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body = tokenAnswer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(tokenStatus, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    tokenServer.start();
  }

  @AfterEach
  void stop() {
    tokenServer.stop(0);
    registry.close();
  }

  private ImageSource open(CredentialSource credentials) {
    return RegistrySources.open(
        registry.host(),
        RegistryOptions.defaults().withHttp(HttpOptions.defaults().withRetries(1, Duration.ZERO)),
        credentials,
        new StopSignal(),
        any -> {});
  }

  private ImageSource open(RegistryCredential credential) {
    return open((host, repository) -> Optional.of(credential));
  }

  private String bearer() {
    return "Bearer realm=\"http://127.0.0.1:"
        + tokenServer.getAddress().getPort()
        + "/token\",service=\"my registry\"";
  }

  private static TareException failure(ThrowingCallable call) {
    TareException failure = catchThrowableOfType(TareException.class, call);
    assertThat(failure).isNotNull();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertThat(cause).asString().doesNotContain("s3cret-word").doesNotContain("t-0");
    }
    return failure;
  }

  @Test
  void answerThatRepeatsTheCredentialIsNotQuoted() throws IOException {
    String basic = SCAN.authorization();
    for (String echo :
        List.of(
            "no access with " + basic,
            "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"you sent " + basic + "\"}]}",
            "{\"errors\":[{\"code\":\"scan:s3cret-word\",\"message\":\"no\"}]}",
            "x".repeat(290) + "s3cret-word")) {
      for (int status : List.of(400, 401, 403)) {
        Faults repeating = new Faults();
        try (LoopbackRegistry other = LoopbackRegistry.filtered(List.of(repeating))) {
          repeating.require(basic, "Basic realm=\"test\"");
          repeating.plan("/v2/_catalog", 1, Faults.body(status, echo));
          try (ImageSource source =
              RegistrySources.open(
                  other.host(),
                  RegistryOptions.defaults()
                      .withHttp(HttpOptions.defaults().withRetries(0, Duration.ZERO)),
                  (host, repository) -> Optional.of(SCAN),
                  new StopSignal(),
                  any -> {})) {
            assertThat(failure(() -> repositories(source)))
                .hasMessageContaining(Integer.toString(status))
                .message()
                .doesNotContain(basic.substring("Basic ".length()), "s3cret");
          }
        }
      }
    }
  }

  private static List<String> repositories(ImageSource source) {
    List<String> all = new ArrayList<>();
    source.repositories().forEachRemaining(all::add);
    return all;
  }

  @Test
  void basicCredentialsAreSentOnlyOnceAskedFor() {
    try (ImageSource source = open(SCAN)) {
      repositories(source);
      assertThat(faults.requests()).allMatch(one -> one.contains("Authorization=null"));
    }
    faults.require(SCAN.authorization(), "Basic realm=\"test\"");
    try (ImageSource source = open(SCAN)) {
      assertThat(repositories(source)).isEmpty();
    }
  }

  @Test
  void tokenIsAskedForPerScopeAndKept() {
    faults.require("Bearer t-0", bearer());
    try (ImageSource source = open(SCAN)) {
      repositories(source);
      repositories(source);
      failure(() -> source.tags("team/app"));
    }
    String basic = SCAN.authorization();
    assertThat(tokenRequests)
        .containsExactly(
            "GET /token?service=my+registry&scope=registry%3Acatalog%3A*  " + basic,
            "GET /token?service=my+registry&scope=repository%3Ateam%2Fapp%3Apull  " + basic);
  }

  @Test
  void scopeThatTheRegistryNamesIsAskedFor() {
    faults.require("Bearer t-0", bearer() + ",scope=\"registry:catalog:list\"");
    tokenAnswer = "{\"access_token\":\"wrong\"}";
    try (ImageSource source = open(SCAN)) {
      failure(() -> repositories(source));
    }
    assertThat(tokenRequests).anyMatch(one -> one.contains("scope=registry%3Acatalog%3Alist"));
  }

  @Test
  void tokenThatIsNotAcceptedAnyLongerIsRenewed() {
    faults.require("Bearer t-1", bearer());
    tokenAnswer = "{\"token\":\"t-1\"}";
    try (ImageSource source = open(SCAN)) {
      repositories(source);
      faults.require("Bearer t-2", bearer());
      tokenAnswer = "{\"token\":\"t-2\"}";
      repositories(source);
    }
    assertThat(tokenRequests).hasSize(2);
  }

  @Test
  void identityTokenIsExchanged() {
    faults.require("Bearer t-0", bearer());
    try (ImageSource source = open(new RegistryCredential("<token>", "s3cret-word"))) {
      repositories(source);
    }
    assertThat(tokenRequests)
        .containsExactly(
            "POST /token grant_type=refresh_token&client_id=tare&refresh_token=s3cret-word"
                + "&service=my+registry&scope=registry%3Acatalog%3A* null");
  }

  @Test
  void refusedCredentialsEndTheRun() {
    faults.require("Bearer t-0", bearer());
    tokenStatus = 401;
    tokenAnswer = UNAUTHORIZED;
    try (ImageSource source = open(SCAN)) {
      TareException e = failure(() -> source.tags("team/app"));
      assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
      assertThat(e)
          .hasMessage(
              "list tags of %1$s/team/app: authenticate at 127.0.0.1 for %1$s: 401 UNAUTHORIZED: authentication required"
                  .formatted(registry.host()));
      assertThat(e.hint()).contains("docker login " + registry.host());
    }
  }

  @Test
  void wrongPasswordEndsTheRunOnEveryRequest() {
    faults.require(SCAN.authorization(), "Basic realm=\"test\"");
    try (ImageSource source = open(new RegistryCredential("scan", "wrong"))) {
      assertThat(failure(() -> source.tags("team/app")).kind()).isEqualTo(FailureKind.ENVIRONMENT);
    }
    try (ImageSource source = open(CredentialSource.anonymous())) {
      TareException e = failure(() -> repositories(source));
      assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
      assertThat(e).hasMessageContaining("list repositories of ").hasMessageContaining(": 401 ");
      assertThat(e.hint()).contains("docker login").contains("TARE_REGISTRY_USERNAME");
    }
  }

  @Test
  void refusedRepositoryIsDeniedAndNothingElse() {
    faults.plan("/tags/", 9, Faults.body(403, DENIED));
    try (ImageSource source = open(SCAN)) {
      TareException e = failure(() -> source.tags("team/private"));
      assertThat(e.kind()).isEqualTo(FailureKind.DENIED);
      assertThat(e)
          .hasMessage(
              "list tags of %s/team/private: 403 DENIED: requested access is denied"
                  .formatted(registry.host()));
      assertThat(repositories(source)).isEmpty();
    }
  }

  @Test
  void refusedCatalogSuggestsNamingRepositories() {
    faults.plan("_catalog", 9, Faults.body(401, UNAUTHORIZED));
    try (ImageSource source = open(SCAN)) {
      TareException e = failure(() -> repositories(source));
      assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
      assertThat(e.hint()).contains("name the repositories as targets").contains("docker login");
    }
  }

  @Test
  void busyTokenServerIsTriedAgain() {
    faults.require("Bearer t-0", bearer());
    tokenStatus = 503;
    try (ImageSource source = open(SCAN)) {
      assertThat(failure(() -> repositories(source)).kind()).isEqualTo(FailureKind.TRANSIENT);
    }
    assertThat(tokenRequests).hasSize(2);
  }

  @Test
  void tokenThatIsNoneIsBadContentAndNotShown() {
    faults.require("Bearer t-0", bearer());
    tokenAnswer = "{\"token\":\"t-0\\r\\nX-Injected: 1\"}";
    try (ImageSource source = open(SCAN)) {
      assertThat(failure(() -> repositories(source)).kind()).isEqualTo(FailureKind.BAD_CONTENT);
    }
  }
}
