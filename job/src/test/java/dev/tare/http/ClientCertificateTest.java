package dev.tare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that OpenSSL 3.0 made. */
class ClientCertificateTest {
  @TempDir Path directory;

  private Path file(String name) throws IOException {
    Path file = directory.resolve(name);
    if (!Files.exists(file)) {
      Files.write(file, content(name));
    }
    return file;
  }

  private static byte[] content(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ClientCertificateTest.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }

  private static String refusal(Path certificate, @Nullable Path key) {
    TareException e =
        catchThrowableOfType(TareException.class, () -> ClientCertificate.read(certificate, key));
    assertThat(e.kind()).isEqualTo(FailureKind.USAGE);
    assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(300);
    assertThat(e.hint()).isNotNull();
    return String.valueOf(e.getMessage()).replace(directoryOf(certificate), "");
  }

  private static String directoryOf(Path file) {
    return file.getParent() + "/";
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.crt, rsa.key, RSA",
    "rsa.crt, rsa-pkcs1.key, RSA",
    "ec.crt, ec.key, EC",
    "ec.crt, ec-params.key, EC",
    "ed.crt, ed.key, EdDSA"
  })
  void keysOfEveryFormFitTheirCertificate(String certificate, String key, String algorithm)
      throws IOException {
    ClientCertificate read = ClientCertificate.read(file(certificate), file(key));
    assertThat(read.key().getAlgorithm()).isEqualTo(algorithm);
    assertThat(read.toString()).contains("CN=tare test").doesNotContain("Key");
  }

  @Test
  void keyMayStandInTheFileOfTheCertificate() throws IOException {
    Path both = directory.resolve("both.pem");
    Files.write(both, content("ec.key"));
    Files.write(both, content("ec.crt"), StandardOpenOption.APPEND);
    assertThat(ClientCertificate.read(both, null).chain()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "ec.crt, rsa.key, --client-key rsa.key: the key does not fit the certificate ec.crt",
    "ec.crt, rsa-pkcs1-encrypted.key,"
        + " --client-key rsa-pkcs1-encrypted.key: the private key is encrypted",
    "ec.crt, ec-encrypted.key, --client-key ec-encrypted.key: the private key is encrypted",
    "ec.crt, ec.crt, --client-key ec.crt: no private key in it",
    "ec.key, ec.key, --client-cert ec.key: no certificate in it",
    "ec.der, ec.key, --client-cert ec.der: no certificate in it"
  })
  void whatCannotBeUsedIsNamedWithTheReason(String certificate, String key, String message)
      throws IOException {
    assertThat(refusal(file(certificate), file(key))).isEqualTo(message);
  }

  @Test
  void otherKeyOfTheSameKindDoesNotFit() throws Exception {
    Path other = directory.resolve("other.key");
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    Files.writeString(
        other,
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
    assertThat(refusal(file("ec.crt"), other)).contains("does not fit");
  }

  @Test
  void missingKeyIsAskedFor() throws IOException {
    assertThat(refusal(file("ec.crt"), null))
        .isEqualTo("--client-cert ec.crt: no private key in it");
    assertThat(refusal(file("ec.crt"), directory.resolve("gone.key")))
        .isEqualTo("--client-key gone.key: no such file or directory");
    assertThat(refusal(directory.resolve("."), null)).contains(": a directory");
  }

  @Test
  void damagedFilesAreSaidToBe() throws IOException {
    Path cut = directory.resolve("cut.pem");
    Files.writeString(cut, "-----BEGIN CERTIFICATE-----\nMIIBszCC\n-----END CERTIFICATE-----\n");
    assertThat(refusal(cut, null))
        .isEqualTo("--client-cert cut.pem: certificate 1 in it is damaged");
    Path key = directory.resolve("cut.key");
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nMIG!\n-----END PRIVATE KEY-----\n");
    assertThat(refusal(file("ec.crt"), key)).contains("the private key in it cannot be read");
  }
}
