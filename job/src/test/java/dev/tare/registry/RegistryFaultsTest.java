package dev.tare.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tare.demo.LoopbackRegistry;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpOptions;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Reference;
import dev.tare.registry.login.EnvironmentCredentials;
import dev.tare.registry.protocol.ManifestGet;
import dev.tare.stop.StopSignal;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryFaultsTest {
  private static final HttpOptions HTTP =
      HttpOptions.defaults().withRetries(3, Duration.ofMillis(100));
  private static final RegistryOptions OPTIONS = RegistryOptions.defaults().withHttp(HTTP);
  private static final byte[] BLOB = new byte[600_000];
  private static final byte[] MANIFEST =
      ("{\"schemaVersion\":2,\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\","
              + "\"digest\":\"sha256:"
              + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
              + "\",\"size\":0},\"layers\":[]}")
          .getBytes(StandardCharsets.UTF_8);

  static {
    new Random(1).nextBytes(BLOB);
  }

  private final Faults faults = new Faults();
  private final List<Duration> waits = new ArrayList<>();
  private final StopSignal stop = new StopSignal();
  private LoopbackRegistry registry;
  private ImageSource source;
  private Descriptor blob;

  @BeforeEach
  void start() throws Exception {
    registry = LoopbackRegistry.filtered(List.of(faults));
    source = open(OPTIONS, CredentialSource.anonymous());
    blob = new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.sha256(BLOB), BLOB.length);
    put("POST", "/v2/team/app/blobs/uploads/?digest=" + blob.digest(), BLOB, "");
    put(
        "POST",
        "/v2/team/app/blobs/uploads/?digest=" + Digest.sha256(new byte[0]),
        new byte[0],
        "");
    put("PUT", "/v2/team/app/manifests/1.0", MANIFEST, MediaTypes.OCI_MANIFEST);
    for (String name : List.of("a", "b", "c", "d", "e")) {
      put("POST", "/v2/many/" + name + "/blobs/uploads/", new byte[0], "");
    }
  }

  @AfterEach
  void stop() {
    source.close();
    registry.close();
  }

  private void put(String method, String path, byte[] body, String type) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://" + registry.host() + path))
              .method(method, BodyPublishers.ofByteArray(body));
      if (!type.isEmpty()) {
        request.header("Content-Type", type);
      }
      assertThat(client.send(request.build(), BodyHandlers.discarding()).statusCode())
          .isBetween(200, 202);
    }
  }

  private ImageSource open(RegistryOptions options, CredentialSource credentials) {
    return RegistrySources.open(registry.host(), options, credentials, stop, waits::add);
  }

  private Reference image() {
    return Reference.tagged(registry.host(), "team/app", "1.0");
  }

  private static TareException failure(ThrowingCallable call) {
    try {
      call.call();
    } catch (TareException e) {
      return e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("nothing was thrown");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void whatPassesIsTriedAgain(int status) {
    faults.plan("/manifests/", 2, Faults.status(status));
    assertThat(source.manifest(image()).content()).isEqualTo(MANIFEST);
    assertThat(waits).hasSize(2);
    assertThat(waits.get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    assertThat(waits.get(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
  }

  @Test
  void referrersAreListedPageByPage() {
    String index =
        "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
            + "\"digest\":\"sha256:%s\",\"size\":7,\"artifactType\":\"application/x\"}]}";
    faults
        .plan(
            "/referrers/",
            1,
            Faults.body(
                200,
                index.formatted("1".repeat(64)),
                "Link",
                "</v2/team/app/referrers/" + blob.digest() + "?next=2>; rel=\"next\""))
        .plan("/referrers/", 1, Faults.body(200, index.formatted("2".repeat(64))));
    assertThat(source.referrers("team/app", blob.digest()).orElseThrow())
        .extracting(referrer -> referrer.digest().hex().charAt(0))
        .containsExactly('1', '2');
  }

  @Test
  void registryWithoutReferrersIsAskedOnce() {
    faults.plan("/referrers/", 2, Faults.status(404));
    assertThat(source.referrers("team/app", blob.digest())).isEmpty();
    assertThat(source.referrers("team/app", blob.digest())).isEmpty();
    assertThat(faults.count("/referrers/")).isEqualTo(1);
  }

  @Test
  void droppedConnectionIsTriedAgain() {
    faults.plan("/manifests/", 2, Faults.drop());
    assertThat(source.manifest(image()).content()).isEqualTo(MANIFEST);
  }

  @Test
  void truncatedManifestIsTriedAgain() {
    faults.plan("/manifests/", 1, Faults.truncate(20));
    assertThat(source.manifest(image()).content()).isEqualTo(MANIFEST);
    assertThat(faults.count("/manifests/1.0 ")).isEqualTo(3); // With the push.
  }

  @Test
  void whatDoesNotPassIsTransient() {
    faults.plan(
        "/manifests/",
        9,
        Faults.body(503, "{\"errors\":[{\"code\":\"UNAVAILABLE\",\"message\":\"try later\"}]}"));
    TareException e = failure(() -> source.manifest(image()));
    assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT);
    assertThat(e).hasMessage("pull manifest " + image() + ": 503 UNAVAILABLE: try later");
    assertThat(waits).hasSize(3);
  }

  @Test
  void timeoutIsTransient() {
    try (ImageSource impatient =
        open(
            OPTIONS.withHttp(
                HTTP.withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(200))
                    .withRetries(1, Duration.ofMillis(1))),
            CredentialSource.anonymous())) {
      impatient.tags("team/app");
      faults.plan("/manifests/", 2, Faults.delay(600));
      assertThat(failure(() -> impatient.manifest(image())).kind())
          .isEqualTo(FailureKind.TRANSIENT);
    }
  }

  @Test
  void retryAfterIsKept() {
    faults.plan("/tags/", 1, Faults.status(429, "Retry-After", "7"));
    source.tags("team/app");
    assertThat(waits).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void retryAfterMayBeADate() {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().plusSeconds(30).atZone(ZoneOffset.UTC));
    faults.plan("/tags/", 1, Faults.status(503, "Retry-After", date));
    source.tags("team/app");
    assertThat(waits.getFirst()).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30));
  }

  @Test
  void retryAfterLongerThanTheLongestWaitIsNotWaitedFor() {
    faults.plan("/tags/", 1, Faults.status(429, "Retry-After", "3600"));
    TareException e = failure(() -> source.tags("team/app"));
    assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT);
    assertThat(e).hasMessageContaining("asks to wait 3600 s, longer than the longest wait of 60 s");
    assertThat(waits).isEmpty();
  }

  @Test
  void blobIsResumedWhereItWasLost() throws IOException {
    faults.plan("/blobs/sha256", 2, Faults.truncate(100_000));
    try (InputStream stream = source.blob("team/app", blob)) {
      assertThat(stream.readAllBytes()).isEqualTo(BLOB);
    }
    List<String> asked =
        faults.requests().stream().filter(one -> one.contains("/blobs/sha256")).toList();
    assertThat(asked).hasSize(3);
    assertThat(asked.get(0)).endsWith("Range=null");
    // What was on the way when the connection was closed may be lost, never more than was sent.
    long second = Long.parseLong(asked.get(1).replaceAll(".*Range=bytes=(\\d+)-", "$1"));
    long third = Long.parseLong(asked.get(2).replaceAll(".*Range=bytes=(\\d+)-", "$1"));
    assertThat(second).isBetween(1L, 100_000L);
    assertThat(third).isBetween(second, second + 100_000);
  }

  @Test
  void blobIsResumedFromARegistryThatIgnoresRange() throws IOException {
    faults.plan("/blobs/sha256", 1, Faults.truncate(100_000));
    faults.plan(
        "/blobs/sha256",
        1,
        (exchange, chain) -> {
          exchange.getRequestHeaders().remove("Range");
          chain.doFilter(exchange);
        });
    try (InputStream stream = source.blob("team/app", blob)) {
      assertThat(stream.readAllBytes()).isEqualTo(BLOB);
    }
  }

  @Test
  void blobThatComesTooSlowlyIsAskedForFromWhereItWas() throws IOException {
    faults.plan("/blobs/sha256", 1, Faults.trickle(100_000));
    HttpOptions picky = HTTP.withMinimumRate(100_000, Duration.ofMillis(100));
    try (ImageSource source = open(OPTIONS.withHttp(picky), CredentialSource.anonymous());
        InputStream stream = source.blob("team/app", blob)) {
      assertThat(stream.readAllBytes()).isEqualTo(BLOB);
    }
    assertThat(resumedAt()).isGreaterThanOrEqualTo(100_000);
  }

  @Test
  void partOfABlobIsResumedInsideItself() throws IOException {
    faults
        .plan("/blobs/sha256", 1, Faults.truncate(100_000))
        .plan("/blobs/sha256", 1, Faults.trickle(50_000));
    HttpOptions picky = HTTP.withMinimumRate(100_000, Duration.ofMillis(100));
    try (ImageSource source = open(OPTIONS.withHttp(picky), CredentialSource.anonymous());
        InputStream part = source.blobPart("team/app", blob, 1_000, 300_000).orElseThrow()) {
      assertThat(part.readAllBytes()).isEqualTo(Arrays.copyOfRange(BLOB, 1_000, 301_000));
    }
    assertThat(faults.requests()).anyMatch(one -> one.endsWith("Range=bytes=1000-300999"));
    assertThat(resumedAt()).isBetween(1_001L, 301_000L);
    assertThat(faults.requests().getLast()).endsWith("-300999");
  }

  /** Where the last request for a blob began. */
  private long resumedAt() {
    return Long.parseLong(faults.requests().getLast().replaceAll(".*Range=bytes=(\\d+)-.*", "$1"));
  }

  @Test
  void blobThatIsLostAgainAndAgainIsTransient() throws IOException {
    faults.plan("/blobs/sha256", 99, Faults.truncate(1_000));
    try (InputStream stream = source.blob("team/app", blob)) {
      TareException e = failure(stream::readAllBytes);
      assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT);
      assertThat(e)
          .hasMessageMatching(
              "pull blob "
                  + blob.digest()
                  + " of localhost:\\d+/team/app: the connection was lost after \\d+ of 600000"
                  + " bytes: .*");
    }
    assertThat(faults.count("GET /v2/team/app/blobs/sha256")).isEqualTo(1 + HTTP.retries().count());
  }

  @Test
  void pagesAreAskedForWhenTheyAreNeeded() {
    try (ImageSource small = open(OPTIONS.withPageSize(2), CredentialSource.anonymous())) {
      Iterator<String> repositories = small.repositories();
      assertThat(repositories.next()).isEqualTo("many/a");
      assertThat(repositories.next()).isEqualTo("many/b");
      assertThat(faults.count("_catalog")).isEqualTo(1);
      assertThat(repositories.next()).isEqualTo("many/c");
      assertThat(faults.count("_catalog")).isEqualTo(2);
    }
  }

  @Test
  void linkOfAnotherHostAndPathIsAskedOfThisOne() {
    faults.plan(
        "_catalog",
        1,
        Faults.body(
            200,
            "{\"repositories\":[\"x\"]}",
            "Link",
            "<http://internal:8080/artifactory/v2/_catalog?next_page=abc%3D%3D&n=1000>; rel=next"));
    List<String> repositories = new ArrayList<>();
    source.repositories().forEachRemaining(repositories::add);
    assertThat(repositories).startsWith("x").hasSize(7);
    assertThat(faults.requests())
        .anySatisfy(
            one -> assertThat(one).startsWith("GET /v2/_catalog?next_page=abc%3D%3D&n=1000"));
  }

  @Test
  void pagesThatLeadBackAreNotFollowedForEver() {
    faults.plan(
        "_catalog",
        9,
        Faults.body(
            200, "{\"repositories\":[\"x\"]}", "Link", "</v2/_catalog?last=x>; rel=\"next\""));
    TareException e = failure(() -> source.repositories().forEachRemaining(any -> {}));
    assertThat(e.kind()).isEqualTo(FailureKind.BAD_CONTENT);
    assertThat(e).hasMessageContaining("a page seen before, ?last=x");
    assertThat(faults.count("_catalog")).isEqualTo(2);
  }

  @Test
  void tagsMayBeNull() {
    faults.plan("/tags/", 1, Faults.body(200, "{\"name\":\"team/app\",\"tags\":null}"));
    assertThat(source.tags("team/app")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405})
  void registryWithoutCatalogSaysWhatToDo(int status) {
    faults.plan("_catalog", 1, Faults.body(status, "<html>404 page not found</html>"));
    TareException e = failure(() -> source.repositories().hasNext());
    assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(e).hasMessage("list repositories of " + registry.host() + ": " + status);
    assertThat(e.hint()).contains("name them as targets").contains(registry.host() + "/team/app");
  }

  @Test
  void headWithoutDigestIsFollowedByGet() {
    String contentType = MediaTypes.OCI_MANIFEST;
    faults.plan("/manifests/", 1, Faults.status(200, "Content-Type", contentType));
    assertThat(source.resolve(image()).digest()).isEqualTo(Digest.sha256(MANIFEST));
  }

  @Test
  void headThatIsNotAllowedIsFollowedByGet() {
    faults.plan("/manifests/", 1, Faults.status(405));
    assertThat(source.resolve(image()).digest()).isEqualTo(Digest.sha256(MANIFEST));
  }

  @Test
  void headIsEnoughWhereItSaysEverything() {
    source.resolve(image());
    assertThat(faults.count("HEAD /v2/team/app/manifests/1.0")).isEqualTo(1);
    assertThat(faults.count("GET /v2/team/app/manifests/1.0")).isZero();
  }

  @Test
  void manifestWithWrongDigestIsRejected() {
    faults.plan("/manifests/", 2, Faults.body(200, "{\"layers\":[]}"));
    Digest digest = Digest.sha256(MANIFEST);
    TareException e =
        failure(() -> source.manifest(Reference.byDigest(registry.host(), "team/app", digest)));
    assertThat(e.kind()).isEqualTo(FailureKind.BAD_CONTENT);
    assertThat(e).hasMessageContaining("expected " + digest);
  }

  @Test
  void manifestThatIsTooLongIsRejectedWithTheLimit() {
    faults.plan("/manifests/", 1, Faults.body(200, " ".repeat(ManifestGet.LONGEST_BYTES + 1)));
    TareException e = failure(() -> source.manifest(image()));
    assertThat(e.kind()).isEqualTo(FailureKind.LIMIT);
    assertThat(e).hasMessageContaining("longer than 4194304 bytes");
  }

  @Test
  void mediaTypeIsTheDocumentsElseTheAnswersElseItsShape() {
    String document = "{\"mediaType\":\"" + MediaTypes.DOCKER_MANIFEST + "\",\"config\":{}}";
    faults.plan(
        "/manifests/", 1, Faults.body(200, document, "Content-Type", MediaTypes.OCI_MANIFEST));
    assertThat(source.manifest(image()).descriptor().mediaType())
        .isEqualTo(MediaTypes.DOCKER_MANIFEST);
    faults.plan(
        "/manifests/",
        1,
        Faults.body(200, "{\"manifests\":[]}", "Content-Type", "application/json; charset=utf-8"));
    assertThat(source.manifest(image()).descriptor().mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
    assertThat(source.manifest(image()).descriptor().mediaType())
        .isEqualTo(MediaTypes.OCI_MANIFEST);
  }

  @Test
  void redirectIsFollowedWithoutAuthorization() throws Exception {
    List<String> seen = new ArrayList<>();
    HttpServer storage =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    storage.createContext(
        "/",
        exchange -> {
          seen.add(
              exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + exchange.getRequestURI());
          exchange.sendResponseHeaders(200, BLOB.length);
          exchange.getResponseBody().write(BLOB);
          exchange.close();
        });
    storage.start();
    faults.require(
        new RegistryCredential("scan", "s3cret").authorization(), "Basic realm=\"test\"");
    try (ImageSource authenticated =
        open(
            OPTIONS, (host, repository) -> Optional.of(new RegistryCredential("scan", "s3cret")))) {
      authenticated.tags("team/app");
      String location = "http://127.0.0.1:" + storage.getAddress().getPort() + "/b?signature=x%2B";
      faults.plan("/blobs/sha256", 1, Faults.status(307, "Location", location));
      try (InputStream stream = authenticated.blob("team/app", blob)) {
        assertThat(stream.readAllBytes()).isEqualTo(BLOB);
      }
    } finally {
      storage.stop(0);
    }
    assertThat(seen).containsExactly("null /b?signature=x%2B");
    assertThat(faults.requests().getLast()).contains("Authorization=Basic ");
  }

  @Test
  void redirectsAreNotFollowedForEver() {
    faults.plan("/tags/", 99, Faults.status(302, "Location", "/v2/team/app/tags/list"));
    assertThat(failure(() -> source.tags("team/app")))
        .hasMessageContaining("more than 5 redirects");
  }

  @Test
  void connectionRefusedSaysWhatToCheck() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (ImageSource none =
        RegistrySources.open(
            "localhost:" + port, OPTIONS, CredentialSource.anonymous(), stop, waits::add)) {
      TareException e = failure(() -> none.repositories().hasNext());
      assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
      assertThat(e)
          .hasMessage(
              "list repositories of localhost:%d: connect to localhost:%d: connection refused"
                  .formatted(port, port));
      assertThat(e.hint()).contains("Check that it runs");
      assertThat(waits).isEmpty();
    }
  }

  @Test
  void unknownHostSaysSo() {
    try (ImageSource none =
        RegistrySources.open(
            "no-such-host.invalid", OPTIONS, CredentialSource.anonymous(), stop, waits::add)) {
      TareException e = failure(() -> none.tags("team/app"));
      assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
      assertThat(e)
          .hasMessageContaining("list tags of no-such-host.invalid/team/app: unknown host");
    }
  }

  @Test
  void httpsAgainstPlainHttpSuggestsPlainHttp() {
    try (ImageSource secure =
        open(OPTIONS.withPlainHttp(PlainHttp.NEVER), CredentialSource.anonymous())) {
      TareException e = failure(() -> secure.tags("team/app"));
      assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
      assertThat(e.hint()).contains("--plain-http");
    }
  }

  @Test
  void errorTextOfTheRegistryIsMadeSafeForATerminal() {
    faults.plan(
        "/tags/",
        1,
        Faults.body(
            404,
            "{\"errors\":[{\"code\":\"NAME_UNKNOWN\",\"message\":\"gone\\u001b[31m\\nfor "
                + "x".repeat(5000)
                + "\"}]}"));
    TareException e = failure(() -> source.tags("team/app"));
    assertThat(e.getMessage()).contains("404 NAME_UNKNOWN: gone [31m for xxx").hasSizeLessThan(500);
  }

  @Test
  void sourceStaysUsableWithOneConnection() throws IOException {
    try (ImageSource narrow =
        open(OPTIONS.withHttp(HTTP.withConnectionsPerHost(1)), CredentialSource.anonymous())) {
      for (int i = 0; i < 20; i++) {
        narrow.tags("team/app");
        assertThatThrownBy(() -> narrow.tags("team/none")).isInstanceOf(TareException.class);
        narrow.resolve(image());
        narrow.manifest(image());
        try (InputStream stream = narrow.blob("team/app", blob)) {
          assertThat(stream.readNBytes(10)).hasSize(10);
        }
      }
    }
  }

  @Test
  void environmentCredentialsAreForTheNamedHost() {
    Map<String, String> environment =
        Map.of(
            "TARE_REGISTRY_USERNAME", "u",
            "TARE_REGISTRY_PASSWORD", "p",
            "TARE_REGISTRY_HOST", "a.example.com");
    EnvironmentCredentials credentials = new EnvironmentCredentials(environment);
    assertThat(credentials.credential("a.example.com", null)).isPresent();
    assertThat(credentials.credential("b.example.com", null)).isEmpty();
    assertThat(new RegistryCredential("u", "s3cret")).asString().doesNotContain("s3cret");
  }
}
