package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tare.inspect.secret.CredentialFile;
import dev.tare.inspect.secret.SecretText;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretFactsTest {
  private static final String KEY =
      "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----\n";

  @Test
  void noValueOfSecretIsInTheDocument() {
    ImageConfig config =
        ImageConfig.parse(
            """
            {"os":"linux","architecture":"amd64",
             "config":{"Env":["DB_PASSWORD=hunter2","PATH=/bin","MIRROR=https://bob:hunter2@x.example/",
                              "PASSWORD_FILE=/run/secrets/p"],
                       "Cmd":["app","--token=hunter2"],
                       "Labels":{"api-token":"hunter2"}},
             "history":[{"created_by":"|1 NPM_TOKEN=hunter2 /bin/sh -c npm ci"},
                        {"created_by":"ENV SECRET_KEY=\\"hunter2 more\\"","empty_layer":true},
                        {"created_by":"RUN curl -H 'Authorization: Bearer hunter2' https://x.example","empty_layer":true}],
             "rootfs":{"type":"layers","diff_ids":[]}}
            """
                .getBytes(StandardCharsets.UTF_8));
    ImageFacts facts =
        RealImages.inspect(
            config,
            blobs(LayerTar.of().file("root/.ssh/id_rsa", KEY).file("a", "b")),
            RealImages.NO_LINEAGE);

    assertThat(new String(FactsJson.write(facts), StandardCharsets.UTF_8))
        .doesNotContain("hunter2")
        .doesNotContain("c2VjcmV0");
    assertThat(facts.secrets())
        .contains(
            new ImageFacts.Secret("private-key", "/root/.ssh/id_rsa", 0, false),
            new ImageFacts.Secret("env-name", "DB_PASSWORD", null, false),
            new ImageFacts.Secret("env-name", "NPM_TOKEN", 0, false),
            new ImageFacts.Secret("env-name", "SECRET_KEY", null, false));
    assertThat(facts.secrets()).noneMatch(secret -> secret.path().equals("PASSWORD_FILE"));
  }

  @Test
  void passwordThatCanBeGuessedAtIsSecret() {
    assertThat(shadow("root:*:19600:0:99999:7:::\ndaemon:!:19600:0:99999:7:::\nbin::19600::::::\n"))
        .isEmpty();
    assertThat(shadow("root:*:1::::::\nadmin:$6$rounds=5000$salt$hash/of.it:19600:0:99999:7:::\n"))
        .containsExactly(new ImageFacts.Secret("credential-file", "/etc/shadow", 0, false));
  }

  private static List<ImageFacts.Secret> shadow(String content) {
    return RealImages.inspect(
            RealImages.config(List.of(), List.of(), null),
            blobs(LayerTar.of().file("etc/shadow", content)),
            RealImages.NO_LINEAGE)
        .secrets();
  }

  @Test
  void deletedKeyIsHiddenSecret() {
    ImageFacts facts =
        RealImages.inspect(
            RealImages.config(List.of(), List.of(), null),
            blobs(
                LayerTar.of()
                    .file("app/tls.key", KEY)
                    .file("app/ca.pem", "-----BEGIN CERTIFICATE-----\nx\n")
                    .file("root/.npmrc", "registry=https://npm.example/\n")
                    .file("home/a/.npmrc", "//npm.example/:_authToken=abc\n")
                    .file(".npmrc", "//npm.example/:_authToken=abc\n"),
                LayerTar.of().whiteout("app/tls.key")),
            RealImages.NO_LINEAGE);

    assertThat(facts.secrets())
        .containsExactly(
            new ImageFacts.Secret("credential-file", "/.npmrc", 0, false),
            new ImageFacts.Secret("private-key", "/app/tls.key", 0, true),
            new ImageFacts.Secret("credential-file", "/home/a/.npmrc", 0, false));
  }

  /**
   * As python3.11's test suite, certifi and packages of npm bring them; an own test is no package.
   */
  @Test
  void keyThatAPackageBringsToBeTestedWithIsNoSecret() {
    ImageFacts facts =
        RealImages.inspect(
            RealImages.config(List.of(), List.of(), null),
            blobs(
                LayerTar.of()
                    .file("usr/lib/python3.11/test/keycert.pem", KEY)
                    .file("app/node_modules/agent/test/fixtures/server.key", KEY)
                    .file("opt/venv/lib/python3.12/site-packages/x/tests/a.pem", KEY)
                    .file("usr/share/doc/x/examples/.npmrc", "//npm.example/:_authToken=abc\n")
                    .file("app/test/server.key", KEY)
                    .file("usr/lib/app/server.key", KEY)),
            RealImages.NO_LINEAGE);

    assertThat(facts.secrets())
        .extracting(ImageFacts.Secret::path)
        .containsExactly("/app/test/server.key", "/usr/lib/app/server.key");
  }

  /**
   * Each file as its program writes it or its documentation shows it, a vertical bar for a line's
   * end.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "root/.yarnrc.yml; npmAuthToken: \"${NPM_TOKEN}\"; false",
        "root/.yarnrc.yml; npmRegistries:|  \"https://npm.example\":|    npmAuthToken: '${NPM_TOKEN-}'; false",
        "root/.yarnrc.yml; npmAuthToken: \"npm_abc\"; true",
        "root/.npmrc; //npm.example/:_authToken=\"${NPM_TOKEN}\"; false",
        "root/.npmrc; # set the password before use|//npm.example/:_authToken=${NPM_TOKEN}; false",
        "root/.npmrc; //npm.example/:_authToken = \"abc\"; true",
        "root/.m2/settings.xml; <!-- a password --><server><password>${env.PW}</password></server>; false",
        "root/.m2/settings.xml; <!--|<password>abc</password>|-->; false",
        "root/.m2/settings.xml; <server><password>abc</password></server>; true",
        "root/.netrc; # machine x login y password z; false",
        "root/.netrc; machine x|login y|password z; true",
        "root/.my.cnf; [client]|#password = your_password|user=x; false",
        "root/.my.cnf; [client]|password = \"abc\"; true",
        "root/.docker/config.json; {\"credHelpers\":{\"x\":\"y\"},\"auths\":{\"r\":{}}}; false",
        "root/.docker/config.json; {\"auths\":{\"r\":{\"auth\":\"YTpi\"}}}; true",
        "root/.docker/config.json; {\"auths\":{\"r\":{\"identitytoken\":\"abc\"}}}; true",
        "root/.pypirc; [pypi]|username = __token__|password = %(PYPI_TOKEN)s; false",
        "root/.pypirc; [pypi]|username = __token__|password = %abc; true",
        "root/.aws/credentials; [default]|aws_secret_access_key=|[other]; false",
        "root/.aws/credentials; [default]|aws_secret_access_key = abc; true",
        "root/.pgpass; # hostname:port:database:username:password; false",
        "root/.pgpass; db:5432:*:app:abc; true",
        "root/.kube/config; users:|- name: x|  user:|    tokenFile: /run/token; false",
        "root/.kube/config; users:|- name: x|  user:|    token: abc; true",
        "root/.cargo/credentials.toml; [registry]|token = \"\"; false",
        "root/.cargo/credentials.toml; [registry]|token = \"abc\"; true",
        "root/.git-credentials; https://a:b@git.example; true",
        "etc/pip.conf; [global]|index-url = https://a:${TOKEN}@pypi.example/simple; false",
        "etc/pip.conf; [global]|index-url = https://a:b@pypi.example/simple; true",
        "root/.gem/credentials; ---|:rubygems_api_key: abc; true",
        "root/.config/gh/hosts.yml; github.com:|    git_protocol: ssh; false",
        "root/.config/gh/hosts.yml; github.com:|    oauth_token: abc; true"
      })
  void fileHoldsACredentialAndNotJustSettings(String path, String content, boolean secret) {
    ImageFacts facts =
        RealImages.inspect(
            RealImages.config(List.of(), List.of(), null),
            blobs(LayerTar.of().file(path, content.replace('|', '\n') + "\n")),
            RealImages.NO_LINEAGE);

    assertThat(facts.secrets())
        .extracting(ImageFacts.Secret::path)
        .isEqualTo(secret ? List.of("/" + path) : List.of());
  }

  @ParameterizedTest
  @CsvSource({"root/.m2/settings.xml, <!--", "root/.npmrc, '\n'", "root/.netrc, 'password '"})
  void credentialsAreLookedForInLinearTime(String path, String repeated) {
    byte[] content =
        repeated.repeat((1 << 20) / repeated.length()).getBytes(StandardCharsets.UTF_8);

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThat(Objects.requireNonNull(CredentialFile.at(path)).mark(content)).isNotNull());
  }

  @ParameterizedTest
  @CsvSource({
    "DB_PASSWORD, x, true",
    "AWS_SECRET_ACCESS_KEY, x, true",
    "GITHUB_TOKEN, x, true",
    "apiKey, x, true",
    "GPG_KEY, E3FF2839C048B25C084DEBE9B26995E310250568, false",
    "TOKENIZERS_PARALLELISM, 4, false",
    "ALLOW_EMPTY_PASSWORD, yes, false",
    "DB_PASSWORD_FILE, /run/secrets/db, false",
    "PWD, /app, false",
    "PASSENGER_VERSION, 6, false"
  })
  void secretsAreToldByName(String name, String value, boolean secret) {
    assertThat(SecretText.isSecret(name, value)).isEqualTo(secret);
  }

  @ParameterizedTest
  @CsvSource({
    "DATABASE_URL=postgres://app:hunter2@db/app, DATABASE_URL",
    "AMQP=amqp://:hunter2@mq, AMQP",
    "CI=glpat-abcdefghij0123456789, CI",
    "DATABASE_URL=postgres://app:${PASSWORD}@db/app, ''",
    "REPOSITORY=ssh://git@git.example/x.git, ''",
    "PROXY=http://proxy.example:3128/@x, ''"
  })
  void variableWithCredentialsInItsValueIsSecret(String variable, String secret) {
    ImageFacts facts =
        RealImages.inspect(
            RealImages.config(List.of(variable), List.of(), null),
            blobs(LayerTar.of().file("a", "b")),
            RealImages.NO_LINEAGE);

    assertThat(facts.secrets())
        .extracting(ImageFacts.Secret::path)
        .isEqualTo(secret.isEmpty() ? List.of() : List.of(secret));
  }

  @Test
  void longTextIsMaskedInLinearTime() {
    String text = "RUN echo " + "a".repeat(1_000_000) + " PASSWORD=hunter2";

    // Anything above linear would take hours; a busy machine does not take minutes.
    assertTimeoutPreemptively(
        Duration.ofMinutes(1), () -> assertThat(SecretText.masked(text)).doesNotContain("hunter2"));
  }

  private static List<RealImages.Blob> blobs(LayerTar... tars) {
    return Arrays.stream(tars)
        .map(tar -> new RealImages.Blob(tar.gzip().bytes(), MediaTypes.OCI_LAYER_GZIP))
        .toList();
  }
}
