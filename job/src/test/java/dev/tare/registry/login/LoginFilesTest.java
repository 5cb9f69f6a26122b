package dev.tare.registry.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.registry.CredentialSource;
import dev.tare.registry.RegistryCredential;
import dev.tare.stop.StopSignal;
import dev.tare.stop.StoppedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LoginFilesTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final String CONFIG = ".docker/config.json";
  private static final RegistryCredential ALICE = new RegistryCredential("alice", "a:pass");
  private static final RegistryCredential BOB = new RegistryCredential("bob", "b-pass");

  @TempDir Path home;

  private final Map<String, String> environment = new TreeMap<>();
  private final StopSignal stop = new StopSignal();

  @BeforeEach
  void user() throws IOException {
    environment.put("HOME", home.toString());
    environment.put("PATH", Files.createDirectory(home.resolve("bin")) + ":/bin:/usr/bin");
    environment.put("XDG_RUNTIME_DIR", home.resolve("run").toString());
  }

  private CredentialSource source() {
    return source(LONG);
  }

  private CredentialSource source(Duration limit) {
    return LoginFiles.of(environment, new HelperProgram(environment, limit, stop));
  }

  private Optional<RegistryCredential> login(String registry) {
    return source().credential(registry, null);
  }

  private static String auth(RegistryCredential login) {
    return Base64.getEncoder()
        .encodeToString((login.username() + ":" + login.secret()).getBytes(StandardCharsets.UTF_8));
  }

  private static String auths(String key, RegistryCredential login) {
    return "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(key, auth(login));
  }

  private void write(String file, String content) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private void helper(String name, String script) throws IOException {
    Path program = home.resolve("bin/docker-credential-" + name);
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  private static String says(String username, String secret) {
    return "echo '{\"ServerURL\":\"x\",\"Username\":\"%s\",\"Secret\":\"%s\"}'"
        .formatted(username, secret);
  }

  private TareException failure(String registry) {
    try {
      source().credential(registry, null);
    } catch (TareException e) {
      assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
      assertThat(e.getMessage() + e.hint()).doesNotContain("s3cret");
      return e;
    }
    throw new AssertionError("expected a failure");
  }

  @ParameterizedTest
  @CsvSource({
    ", , .docker/config.json",
    "DOCKER_CONFIG, d, d/config.json",
    ", , run/containers/auth.json",
    ", , .config/containers/auth.json",
    "XDG_CONFIG_HOME, x, x/containers/auth.json",
    "REGISTRY_AUTH_FILE, auth, auth"
  })
  void loginIsFoundWhereDockerAndPodmanKeepIt(String variable, String value, String file)
      throws IOException {
    if (variable != null) {
      environment.put(variable, home.resolve(value).toString());
    }
    write(file, auths("r.test", ALICE));

    assertThat(login("r.test")).contains(ALICE);
    assertThat(login("other.test")).isEmpty();
  }

  @Test
  void loginIsFoundInAVariable() {
    environment.put("DOCKER_AUTH_CONFIG", auths("r.test", ALICE));

    assertThat(login("r.test")).contains(ALICE);
  }

  @Test
  void loginIsFoundInTheFileOfDockersFirstVersions() throws IOException {
    write(".dockercfg", "{\"https://r.test\":{\"auth\":\"" + auth(ALICE) + "\"}}");

    assertThat(login("r.test")).contains(ALICE);
  }

  @Test
  void firstFileThatKnowsTheRegistryCounts() throws IOException {
    write("run/containers/auth.json", auths("r.test", ALICE));
    write(CONFIG, auths("r.test", BOB));

    assertThat(login("r.test")).contains(ALICE);

    environment.put("DOCKER_AUTH_CONFIG", auths("r.test", BOB));
    assertThat(login("r.test")).contains(BOB);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://index.docker.io/v1/",
        "index.docker.io",
        "docker.io",
        "registry-1.docker.io"
      })
  void dockerHubHasSeveralNames(String key) throws IOException {
    write(CONFIG, auths(key, ALICE));

    assertThat(login("docker.io")).contains(ALICE);
  }

  @Test
  void mostSpecificKeyCounts() throws IOException {
    write(
        CONFIG,
        "{\"auths\":{\"r.test\":{\"auth\":\"%s\"},\"r.test/team\":{\"auth\":\"%s\"}}}"
            .formatted(auth(ALICE), auth(BOB)));
    CredentialSource source = source();

    assertThat(source.credential("r.test", null)).contains(ALICE);
    assertThat(source.credential("r.test", "app")).contains(ALICE);
    assertThat(source.credential("r.test", "teams/app")).contains(ALICE);
    assertThat(source.credential("r.test", "team/app")).contains(BOB);
  }

  @Test
  void fileWithKeysOfNamespacesPartsTheRepositoriesOfTheirRegistry() throws IOException {
    write(
        CONFIG,
        "{\"auths\":{\"r.test/team\":{\"auth\":\"%1$s\"},\"o.test\":{\"auth\":\"%1$s\"}}}"
            .formatted(auth(BOB)));
    CredentialSource source = source();

    assertThat(source.credential("r.test", "other/app")).isEmpty();
    assertThat(source.partsRepositories("r.test")).isTrue();
    assertThat(source.partsRepositories("o.test")).isFalse();
  }

  @Test
  void mostSpecificKeyCountsWhereAHelperHasIt() throws IOException {
    write(
        CONFIG,
        "{\"auths\":{\"r.test\":{\"auth\":\"%s\"},\"r.test/team\":{}},\"credsStore\":\"keys\"}"
            .formatted(auth(ALICE)));
    helper(
        "keys",
        "read server; [ \"$server\" = r.test/team ] || { echo credentials not found; exit 1; }; "
            + says("bob", "b-pass"));
    CredentialSource source = source();

    assertThat(source.credential("r.test", "team/app")).contains(BOB);
    assertThat(source.credential("r.test", "app")).contains(ALICE);
  }

  @Test
  void fileThatIsNamedForLoginsMustBeThere() {
    Path none = home.resolve("none.json");
    environment.put("REGISTRY_AUTH_FILE", none.toString());

    TareException e = failure("r.test");
    assertThat(e).hasMessage("read logins from " + none + ": there is no such file");
    assertThat(e.hint()).contains("REGISTRY_AUTH_FILE");
  }

  @Test
  void keyAsItIsWrittenComesBeforeOneWithAScheme() throws IOException {
    write(
        CONFIG,
        "{\"auths\":{\"https://r.test\":{\"auth\":\"%s\"},\"r.test\":{\"auth\":\"%s\"}}}"
            .formatted(auth(BOB), auth(ALICE)));

    assertThat(login("r.test")).contains(ALICE);
  }

  @Test
  void identityTokenIsOne() throws IOException {
    write(
        CONFIG,
        "{\"auths\":{\"r.test\":{\"auth\":\"%s\",\"identitytoken\":\"t\"}}}"
            .formatted(auth(new RegistryCredential("00000000-0000-0000-0000-000000000000", ""))));

    assertThat(login("r.test")).map(RegistryCredential::isIdentityToken).contains(true);
  }

  @Test
  void userAndPasswordMayStandAlone() throws IOException {
    write(CONFIG, "{\"auths\":{\"r.test\":{\"username\":\"bob\",\"password\":\"b-pass\"}}}");

    assertThat(login("r.test")).contains(BOB);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"auths": {"x": "s3cret          | it is no JSON that can be read
          ["s3cret"]                       | it is no JSON object
          {"auths": ["s3cret"]}            | auths is no JSON object
          {"auths": {"r.test": "s3cret"}}  | auths[r.test] is no JSON object
          {"auths": {"r.test": {"auth": "s3cret!"}}} | auths[r.test].auth is not USER:PASSWORD in base64
          {"auths": {"r.test": {"auth": 5}}} | auths[r.test].auth is no text
          {"credHelpers": {"r.test": {}}}  | credHelpers[r.test] is no text
          """)
  void brokenFileIsNamedAndNotShown(String content, String reason) throws IOException {
    write(CONFIG, content);

    assertThat(failure("r.test"))
        .hasMessage("read logins from " + home.resolve(CONFIG) + ": " + reason);
  }

  @Test
  void brokenEntryOfAnotherRegistryDoesNotMatter() throws IOException {
    write(
        CONFIG,
        "{\"auths\":{\"o.test\":{\"auth\":\"!\"},\"r.test\":{\"auth\":\"%s\"}}}"
            .formatted(auth(ALICE)));

    assertThat(login("r.test")).contains(ALICE);
  }

  @Test
  void helperIsAskedOnceForTheNameInTheFile() throws IOException {
    write(CONFIG, "{\"auths\":{\"https://r.test/v1/\":{}},\"credsStore\":\"keys\"}");
    helper(
        "keys",
        "cat >>"
            + home.resolve("asked")
            + "; echo >>"
            + home.resolve("asked")
            + "; "
            + says("bob", "b-pass"));
    CredentialSource source = source();

    assertThat(source.credential("r.test", "app")).contains(BOB);
    assertThat(source.credential("r.test", "web")).contains(BOB);
    assertThat(Files.readAllLines(home.resolve("asked"))).containsExactly("https://r.test/v1/");
  }

  @Test
  void helperOfARegistryComesFirst() throws IOException {
    write(
        CONFIG,
        "{\"auths\":{\"r.test\":{\"auth\":\"%s\"}},\"credHelpers\":{\"r.test\":\"one\"}}"
            .formatted(auth(ALICE)));
    helper("one", says("<token>", "t"));

    assertThat(login("r.test")).map(RegistryCredential::isIdentityToken).contains(true);
  }

  @Test
  void helperThatHasNoneIsPassedOver() throws IOException {
    write(
        CONFIG,
        "{\"auths\":{\"r.test\":{\"auth\":\"%s\"}},\"credHelpers\":{\"r.test\":\"one\"}}"
            .formatted(auth(ALICE)));
    helper("one", "echo 'credentials not found in native keychain'; exit 1");

    assertThat(login("r.test")).contains(ALICE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          echo 'the vault is locked'; exit 1 | : status 1: the vault is locked
          echo 'the vault is locked' >&2; exit 3 | : status 3: the vault is locked
          echo '{"Secret":"s3cret"}'; exit 1 | : status 1
          echo s3cret                        | : the answer is not JSON
          echo '{"Secret":"s3cret"}'         | : the answer has no Username and Secret
          """)
  void helperThatFailsIsSaidInItsWords(String script, String reason) throws IOException {
    write(CONFIG, "{\"credHelpers\":{\"r.test\":\"one\"}}");
    helper("one", script);

    assertThat(failure("r.test"))
        .hasMessage(
            "ask docker-credential-one (named in "
                + home.resolve(CONFIG)
                + ") for the login of r.test"
                + reason);
  }

  @Test
  void helperThatIsMissingIsSaidToBe() throws IOException {
    write(CONFIG, "{\"credsStore\":\"desktop\"}");

    assertThat(failure("r.test")).hasMessageEndingWith("there is no such program on the PATH");
  }

  @Test
  void helperOfACloudNeedsNoFile() throws IOException {
    helper("ecr-login", says("AWS", "t"));

    assertThat(login("1.dkr.ecr.eu-west-1.amazonaws.com"))
        .contains(new RegistryCredential("AWS", "t"));
    assertThat(login("gcr.io")).isEmpty();
    helper("gcr", "echo 'nobody is logged in'; exit 1");
    assertThat(login("gcr.io")).isEmpty();
  }

  @Test
  void helperThatGivesNoAnswerIsEndedWithWhatItStarted() throws Exception {
    write(CONFIG, "{\"credHelpers\":{\"r.test\":\"one\"}}");
    Path number = home.resolve("number");
    helper("one", "sleep 100 & echo $! >" + number + "; wait");
    CredentialSource source = source(Duration.ofSeconds(1));

    for (int i = 0; i < 2; i++) { // The second time it is not waited for again.
      assertThatThrownBy(() -> source.credential("r.test", null))
          .hasMessageEndingWith("for the login of r.test: no answer within 1 s");
    }
    assertEnds(number);
  }

  @Test
  void whatAHelperLeavesRunningIsNotWaitedForAndNotEnded() throws Exception {
    write(CONFIG, "{\"credHelpers\":{\"r.test\":\"one\"}}");
    Path number = home.resolve("number");
    helper("one", "sleep 100 & echo $! >" + number + "; " + says("bob", "b-pass"));

    assertThat(login("r.test")).contains(BOB);
    ProcessHandle agent =
        ProcessHandle.of(Long.parseLong(Files.readString(number).strip())).orElseThrow();
    assertThat(agent.isAlive()).isTrue();
    agent.destroyForcibly();
  }

  @Test
  void interruptionIsNoFailureOfTheHelper() throws Exception {
    write(CONFIG, "{\"credHelpers\":{\"r.test\":\"one\"}}");
    helper("one", "sleep 100");

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> login("r.test")).isInstanceOf(StoppedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void stopDoesNotWaitForAnAnswer() throws Exception {
    write(CONFIG, "{\"credHelpers\":{\"r.test\":\"one\"}}");
    Path number = home.resolve("number");
    helper(
        "one",
        "sleep 100 & echo $! >" + number + ".new; mv " + number + ".new " + number + "; wait");
    Thread stopping =
        Thread.ofPlatform()
            .start(() -> {
              while (!Files.exists(number)) {
                Thread.onSpinWait();
              }
              stop.raise();
            });

    assertThatThrownBy(() -> login("r.test")).isInstanceOf(StoppedException.class);
    stopping.join();
    assertEnds(number);
  }

  private static void assertEnds(Path number) throws Exception {
    Optional<ProcessHandle> left =
        ProcessHandle.of(Long.parseLong(Files.readString(number).strip()));
    if (left.isPresent()) {
      left.get().onExit().get(5, TimeUnit.SECONDS);
    }
  }
}
