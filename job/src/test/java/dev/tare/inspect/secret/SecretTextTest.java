package dev.tare.inspect.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Build steps as builders write them; hunter2 is the secret. */
class SecretTextTest {
  private static final String SECRET = "hunter2";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN /bin/sh -c echo 'root:hunter2' | chpasswd # buildkit",
        "RUN /bin/sh -c echo root:hunter2|chpasswd",
        "RUN /bin/sh -c useradd -m app && echo \"app:hunter2\" | sudo chpasswd -e && rm -rf /tmp/*",
        "RUN /bin/sh -c printf '%s\\n' 'app:hunter2' | chpasswd",
        "RUN /bin/sh -c printf \"app:%s\" hunter2 | chpasswd",
        "RUN /bin/sh -c chpasswd <<< \"root:hunter2\"",
        "RUN /bin/sh -c chpasswd <<EOF\nroot:hunter2\napp:hunter2\nEOF\n # buildkit",
        "RUN /bin/sh -c echo hunter2 | passwd --stdin root",
        "RUN /bin/sh -c echo -e \"hunter2\\nhunter2\" | passwd app",
        "RUN /bin/sh -c echo hunter2 | base64 -d | docker login -u ann --password-stdin",
        "RUN /bin/sh -c echo hunter2 | sudo -S apt-get update",
        "RUN /bin/sh -c useradd -m -p hunter2 app",
        "RUN /bin/sh -c curl -u ann:hunter2 https://example.com/x",
        "RUN /bin/sh -c curl -uann:hunter2 https://example.com/x",
        "RUN /bin/sh -c curl -fsSLu 'ann:hunter2' https://example.com/x -o /x",
        "RUN /bin/sh -c /usr/bin/curl --user=ann:hunter2 https://example.com/x",
        "RUN /bin/sh -c curl --user \"ann:hunter2\" https://example.com/x",
        "RUN /bin/sh -c curl --proxy-user ann:hunter2 --proxy http://p:3128 https://example.com/x",
        "RUN /bin/sh -c curl --oauth2-bearer hunter2 https://example.com/x",
        "RUN /bin/sh -c curl -H \"Authorization: Bearer hunter2\" https://example.com",
        "RUN /bin/sh -c curl -H 'authorization: hunter2' https://example.com",
        "RUN /bin/sh -c curl -H Authorization:\\ Bearer\\ hunter2 https://example.com",
        "RUN /bin/sh -c curl --header 'PRIVATE-TOKEN: hunter2' https://gitlab.example/x",
        "RUN /bin/sh -c curl -H X-JFrog-Art-Api:hunter2 https://example.com",
        "RUN /bin/sh -c wget --header=\"X-Vault-Token: hunter2\" https://example.com",
        "RUN /bin/sh -c curl -d '{\"user\":\"ann\",\"password\":\"hunter2\"}' https://example.com",
        "RUN /bin/sh -c curl -d \"{\\\"password\\\": \\\"hunter2\\\"}\" https://example.com",
        "RUN /bin/sh -c curl --data-urlencode password=hunter2 https://example.com",
        "RUN /bin/sh -c curl 'https://s3.example/x?X-Amz-Credential=hunter2&X-Amz-Signature=hunter2'",
        "RUN /bin/sh -c wget https://example.com/x?sig=hunter2&se=2030",
        "RUN /bin/sh -c wget --http-user=ann --http-password=hunter2 https://example.com",
        "RUN /bin/sh -c wget --user ann --password 'hunter2 ' https://example.com",
        "RUN /bin/sh -c http -a ann:hunter2 https://example.com",
        "RUN /bin/sh -c mysql -uroot -phunter2 -e 'select 1'",
        "RUN /bin/sh -c service mysql start && mysqladmin -u root password hunter2",
        "RUN /bin/sh -c mysql -e \"ALTER USER 'root'@'localhost' IDENTIFIED BY 'hunter2';\"",
        "RUN /bin/sh -c su postgres -c \"psql -c \\\"ALTER USER app WITH PASSWORD 'hunter2'\\\"\"",
        "RUN /bin/sh -c bash -lc 'mysql -phunter2 app < /x.sql'",
        "RUN /bin/sh -c PGPASSWORD=hunter2 psql -h db",
        "RUN /bin/sh -c PGPASSWORD='hun ter2hunter2' psql -h db",
        "RUN /bin/sh -c psql \"host=db user=app password=hunter2\"",
        "RUN /bin/sh -c psql postgresql://app:hunter2@db/app",
        "RUN /bin/sh -c redis-cli -a hunter2 ping",
        "RUN /bin/sh -c mongo -u admin -p hunter2",
        "RUN /bin/sh -c sshpass -p hunter2 ssh ann@host",
        "RUN /bin/sh -c sshpass -phunter2 scp x ann@host:",
        "RUN /bin/sh -c SSHPASS=hunter2 sshpass -e ssh host",
        "RUN /bin/sh -c docker login -u ann -p hunter2 registry.example.com",
        "RUN /bin/sh -c docker login --username ann --password=hunter2",
        "RUN /bin/sh -c helm registry login -u ann -phunter2 registry.example.com",
        "RUN /bin/sh -c skopeo copy --src-creds ann:hunter2 docker://a docker://b",
        "RUN /bin/sh -c skopeo copy --dest-creds=ann:hunter2 docker://a docker://b",
        "RUN /bin/sh -c az login --service-principal -u x -p hunter2 --tenant t",
        "RUN /bin/sh -c vault login -no-print hunter2",
        "RUN /bin/sh -c cargo login hunter2",
        "RUN /bin/sh -c git clone https://ann:hunter2@git.example/x.git",
        "RUN /bin/sh -c git clone https://hunter2@git.example/x.git",
        "RUN /bin/sh -c git clone https://x-access-token:hunter2@with@git.example/x.git",
        "RUN /bin/sh -c git config --global http.extraheader 'Authorization: Basic hunter2'",
        "RUN /bin/sh -c npm config set //registry.npmjs.org/:_authToken hunter2",
        "RUN /bin/sh -c npm config set //registry.npmjs.org/:_authToken=hunter2",
        "RUN /bin/sh -c echo '//registry.npmjs.org/:_authToken=hunter2' > /root/.npmrc",
        "RUN /bin/sh -c aws configure set aws_secret_access_key hunter2",
        "RUN /bin/sh -c composer config -g http-basic.repo.example ann hunter2",
        "RUN /bin/sh -c composer config github-oauth.github.com hunter2",
        "RUN /bin/sh -c poetry config pypi-token.pypi hunter2",
        "RUN /bin/sh -c pip install --index-url https://ann:hunter2@pypi.example/simple app",
        "RUN /bin/sh -c pip config set global.index-url https://ann:hunter2@pypi.example/simple",
        "RUN /bin/sh -c pip install --extra-index-url=https://hunter2@pypi.example/simple app",
        "RUN /bin/sh -c twine upload -u ann -p hunter2 dist/*",
        "RUN /bin/sh -c openssl passwd -6 -salt xyz hunter2",
        "RUN /bin/sh -c useradd -p \"$(openssl passwd -1 hunter2)\" app",
        "RUN /bin/sh -c openssl req -x509 -passout pass:hunter2 -out /c.pem",
        "RUN /bin/sh -c openssl enc -d -aes-256-cbc -k hunter2 -in a -out b",
        "RUN /bin/sh -c htpasswd -bc /etc/nginx/htpasswd ann hunter2",
        "RUN /bin/sh -c htpasswd -nbB ann hunter2 > /auth",
        "RUN /bin/sh -c keytool -genkey -storepass hunter2 -keypass hunter2 -alias x",
        "RUN /bin/sh -c java -Djavax.net.ssl.trustStorePassword=hunter2 -jar x.jar",
        "RUN /bin/sh -c mvn -Dgpg.passphrase=hunter2 deploy",
        "RUN /bin/sh -c dotnet nuget add source https://x -u ann --password hunter2 --store-password-in-clear-text",
        "RUN /bin/sh -c tool --token hunter2 && other --api-key=hunter2",
        "RUN /bin/sh -c gpg --batch --passphrase hunter2 -d x.gpg",
        "RUN /bin/sh -c zip -P hunter2 x.zip x && unzip -Phunter2 x.zip",
        "RUN /bin/sh -c 7z x -phunter2 x.7z",
        "RUN /bin/sh -c ldapsearch -D cn=admin -w hunter2 -b dc=x",
        "RUN /bin/sh -c smbclient //host/share -U ann%hunter2",
        "RUN /bin/sh -c lftp -u ann,hunter2 ftp.example",
        "RUN /bin/sh -c mount -t cifs -o username=ann,password=hunter2 //host/x /mnt",
        "RUN /bin/sh -c rabbitmqctl add_user ann hunter2",
        "RUN /bin/sh -c kubectl create secret generic x --from-literal=key=hunter2",
        "RUN /bin/sh -c echo \"machine git.example login ann password hunter2\" > ~/.netrc",
        "RUN /bin/sh -c echo hunter2 > /run/secret_token",
        "RUN /bin/sh -c echo \"hunter2\" >> ~/.vault-pass",
        "RUN /bin/sh -c echo \"db:5432:*:app:hunter2\" > ~/.pgpass",
        "RUN /bin/sh -c export TOKEN=hunter2; make",
        "RUN /bin/sh -c echo \"-----BEGIN RSA PRIVATE KEY-----\\nhunter2\\n-----END RSA PRIVATE KEY-----\" > /x",
        "RUN |1 NPM_TOKEN=hunter2 /bin/sh -c npm ci # buildkit",
        "|2 NPM_TOKEN=hunter2 hunter2;hunter2 A=b /bin/sh -c npm ci",
        "ENV DB_PASSWORD=hunter2",
        "ENV DB_PASSWORD=hunter2 & hunter2; hunter2",
        "ENV DB_PASSWORD hunter2 hunter2",
        "ENV A=b DB_PASSWORD=\"hunter2 hunter2\" C=d",
        "ARG GITHUB_TOKEN=hunter2",
        "/bin/sh -c #(nop)  ENV DB_PASSWORD=hunter2;hunter2",
        "/bin/sh -c #(nop)  ARG GITHUB_TOKEN=hunter2",
        "LABEL com.example.password=hunter2",
        "CMD [\"mysql\" \"-uroot\" \"-phunter2\"]",
        "CMD [\"mysql\",\"-uroot\",\"-phunter2\"]",
        "ENTRYPOINT [\"app\", \"--password\", \"hunter2\"]",
        "/bin/sh -c #(nop)  CMD [\"redis-cli\" \"-a\" \"hunter2\"]",
        "HEALTHCHECK &{[\"CMD-SHELL\" \"curl -f -u ann:hunter2 http://localhost/ || exit 1\"] \"30s\" \"3s\" \"0s\" '\\x03'}",
        "COPY --from=https://ann:hunter2@example.com/x / # buildkit",
      })
  void valueIsMaskedAndTheRestStays(String step) {
    String masked = SecretText.masked(step);

    assertThat(masked).doesNotContain(SECRET).contains("***");
    assertThat(masked.length()).isGreaterThan(step.length() / 3);
    assertThat(SecretText.masked(masked)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN /bin/sh -c docker run -p 8080:80 --user 1000:1000 -u root nginx",
        "RUN /bin/sh -c mkdir -p /var/lib/app/pass && chown -R app:app /var/lib/app",
        "RUN /bin/sh -c mkdir -pv /x && cp -p a b && install -o root -p x y",
        "RUN /bin/sh -c adduser --disabled-password --gecos '' app",
        "RUN /bin/sh -c adduser -D -u 1000 app && usermod -aG sudo app && passwd -d app",
        "RUN /bin/sh -c su -s /bin/sh -c 'id -u' app",
        "RUN /bin/sh -c apt-get install -y --no-install-recommends passwd pass=1.7.4-5 curl",
        "RUN /bin/sh -c pip install token==1.0 keyring",
        "RUN /bin/sh -c curl -fsSLo /usr/local/bin/x https://example.com/x && curl -sSu ann https://x.example",
        "RUN /bin/sh -c curl -u \"$USER:$PASSWORD\" https://example.com",
        "RUN /bin/sh -c curl -H \"Authorization: Bearer $TOKEN\" https://example.com",
        "RUN /bin/sh -c curl -H \"Authorization: Bearer ${TOKEN}\" https://example.com",
        "RUN /bin/sh -c mysql -u root -p app < /x.sql && mysql -P3306 -h db",
        "RUN /bin/sh -c mysql -p$MYSQL_ROOT_PASSWORD -e 'select 1'",
        "RUN --mount=type=secret,id=token /bin/sh -c TOKEN=$(cat /run/secrets/token) make",
        "RUN /bin/sh -c docker build --secret id=token,src=/x . || docker login --password-stdin",
        "RUN /bin/sh -c git clone https://github.com/acme/app.git && git clone ssh://git@host/x.git",
        "RUN /bin/sh -c wget -qO- https://example.com/x?version=1&arch=amd64 | tar -xz",
        "RUN /bin/sh -c echo 'app ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/app",
        "RUN /bin/sh -c echo 'app:x:1000:1000::/home/app:/bin/sh' >> /etc/passwd",
        "RUN /bin/sh -c sed -i 's/^#PasswordAuthentication yes/PasswordAuthentication no/' /etc/ssh/sshd_config",
        "RUN /bin/sh -c gpg --keyserver hkps://keys.openpgp.org --recv-keys E3FF2839C048B25C084DEBE9B26995E310250568",
        "RUN /bin/sh -c echo \"c1e13a0d5f5c7b0a3b7c  x.tar.gz\" | sha256sum -c -",
        "RUN /bin/sh -c java -Dfile.encoding=UTF-8 -Dserver.port=8080 -jar x.jar",
        "RUN /bin/sh -c zip -r x.zip . && unzip -p x.zip a > b",
        "RUN /bin/sh -c openssl req -x509 -newkey rsa:2048 -nodes -keyout /k.pem -subj /CN=x",
        "RUN /bin/sh -c npm config set registry https://npm.example/ && npm ci",
        "RUN /bin/sh -c redis-server --appendonly yes",
        "ENV PATH=/usr/local/bin:/usr/bin PASSENGER_VERSION=6 DB_PASSWORD_FILE=/run/secrets/db",
        "ENV ALLOW_EMPTY_PASSWORD=yes",
        "ARG TOKEN",
        "LABEL description=Use curl with -u and a password: see the docs",
        "LABEL maintainer=Ann <ann@example.com>",
        "CMD [\"nginx\", \"-g\", \"daemon off;\"]",
        "ENTRYPOINT [\"docker-entrypoint.sh\"]",
        "COPY dir:0c1b2a in /app/token-service/password-form",
        "USER app:app",
        "EXPOSE map[8080/tcp:{}]",
      })
  void whatIsNoSecretStays(String step) {
    assertThat(SecretText.masked(step)).isEqualTo(step);
  }

  @Test
  void secretsInBase64AreMasked() {
    String auths = base64("{\"auths\":{\"r.example\":{\"auth\":\"YW5uOmh1bnRlcjI=\"}}}");
    String key = base64("-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n");
    String harmless = base64("{\"log-level\":\"debug\",\"port\":8080}");

    assertThat(SecretText.masked("RUN echo " + auths + " | base64 -d > /root/.docker/config.json"))
        .isEqualTo("RUN echo *** | base64 -d > /root/.docker/config.json");
    assertThat(SecretText.masked("RUN echo " + key + " | base64 -d > /x"))
        .isEqualTo("RUN echo *** | base64 -d > /x");
    assertThat(SecretText.masked("RUN echo " + harmless + " > /x")).contains(harmless);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Put together here, so that no scanner of secrets takes this file for a find. */
  @Test
  void tokensKeepTheBeginningThatTellsWhatToRevoke() {
    String random = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
    for (String kind :
        List.of("ghp_", "github_pat_", "glpat-", "npm_", "pypi-", "xoxb-", "dckr_pat_", "hf_")) {
      assertThat(SecretText.masked("RUN x " + kind + random)).isEqualTo("RUN x " + kind + "***");
      assertThat(SecretText.holdsSecret("ghp_***")).isTrue();
    }
    assertThat(SecretText.masked("RUN x " + "AKIA" + "IOSFODNN7EXAMPLE"))
        .isEqualTo("RUN x AKIA***");
  }

  @Test
  void argumentsOfACommandAreMaskedWordByWord() {
    assertThat(SecretText.masked(List.of("mysql", "-uroot", "-phunter2", "a b")))
        .containsExactly("mysql", "-uroot", "-p***", "a b");
    assertThat(SecretText.masked(List.of("app", "--password", SECRET, "--port", "80", "")))
        .containsExactly("app", "--password", "***", "--port", "80", "");
    assertThat(SecretText.masked(List.of("sh", "-c", "curl -u ann:hunter2 http://x && id")))
        .containsExactly("sh", "-c", "curl -u ann:*** http://x && id");
    assertThat(SecretText.masked(List.of("docker", "run", "-p", "8080:80", "-u", "root")))
        .containsExactly("docker", "run", "-p", "8080:80", "-u", "root");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a ",
        "\"",
        "'",
        "\\",
        "-p",
        "$(",
        "eyJ",
        "https://",
        "A=",
        "|",
        "echo x|",
        "{\"a\":",
        " -H ",
        "curl -u a ",
        "chpasswd <<A;",
        "passwd -S "
      })
  void longTextIsMaskedInLinearTime(String repeated) {
    String text = repeated.repeat(200_000 / repeated.length()) + " PASSWORD=hunter2";

    // Anything above linear would take hours; a busy machine does not take minutes.
    assertTimeoutPreemptively(
        Duration.ofMinutes(1), () -> assertThat(SecretText.masked(text)).isNotEmpty());
  }
}
