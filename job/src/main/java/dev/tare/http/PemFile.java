package dev.tare.http;

import dev.tare.error.FailureKind;
import dev.tare.error.FileReason;
import dev.tare.error.TareException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and keys as text, any number of them, with anything between:
 *
 * <pre>
 * -----BEGIN CERTIFICATE-----
 * MIIBszCCAVmgAwIBAgIUE0…
 * -----END CERTIFICATE-----
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
public final class PemFile {
  private static final int LONGEST_BYTES = 16 << 20;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private final String option;
  private final Path file;
  private final String text;

  private record Block(String label, String body) {}

  private PemFile(String option, Path file, String text) {
    this.option = option;
    this.file = file;
    this.text = text;
  }

  /**
   * Reads a file.
   *
   * @param option what names it, for messages: {@code --ca-file}
   * @throws TareException USAGE where it cannot be read
   */
  public static PemFile read(String option, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(LONGEST_BYTES + 1);
      if (content.length > LONGEST_BYTES) {
        throw new TareException(
            FailureKind.USAGE,
            option + " " + file + ": larger than " + (LONGEST_BYTES >> 20) + " MiB",
            "Name a PEM file.");
      }
      return new PemFile(option, file, new String(content, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new TareException(
          FailureKind.USAGE,
          option + " " + file + ": " + (Files.isDirectory(file) ? "a directory" : FileReason.of(e)),
          "Name a PEM file that can be read.",
          e);
    }
  }

  /** Its certificates in their order; throws USAGE where there is none, or one that is damaged. */
  public List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks()) {
      if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
        certificates.add(certificate(block, certificates.size() + 1));
      }
    }
    if (certificates.isEmpty()) {
      throw unusable(
          "no certificate in it",
          "Expected PEM, -----BEGIN CERTIFICATE-----; of DER it is made by: openssl x509 -inform der"
              + " -in FILE -out FILE.pem.");
    }
    return certificates;
  }

  private X509Certificate certificate(Block block, int number) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der(block)));
    } catch (CertificateException | IllegalArgumentException e) {
      throw unusable(
          "certificate " + number + " in it is damaged", "Check: openssl x509 -in FILE -text.");
    }
  }

  /** Its first private key; throws USAGE where there is none that can be used. */
  PrivateKey key() {
    for (Block block : blocks()) {
      byte[] encoded =
          switch (block.label()) {
            case "PRIVATE KEY" -> checkedDer(block);
            case "RSA PRIVATE KEY" -> KeyEncoding.ofRsa(checkedDer(block));
            case "EC PRIVATE KEY" -> KeyEncoding.ofEc(checkedDer(block));
            case "ENCRYPTED PRIVATE KEY" -> throw encrypted();
            default -> null;
          };
      if (encoded != null) {
        return key(encoded);
      }
    }
    throw unusable(
        "no private key in it",
        "Expected PEM, -----BEGIN PRIVATE KEY-----; name the file that has it with --client-key.");
  }

  private PrivateKey key(byte[] encoded) {
    for (String algorithm : ALGORITHMS) {
      PrivateKey key = key(algorithm, encoded);
      if (key != null) {
        return key;
      }
    }
    throw damaged();
  }

  private static @Nullable PrivateKey key(String algorithm, byte[] encoded) {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (InvalidKeySpecException e) {
      return null; // Of another kind.
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(withoutDashesInHeaders());
    while (block.find()) {
      blocks.add(new Block(block.group(1), block.group(2)));
    }
    return blocks;
  }

  /**
   * OpenSSL's old form says before the key how it is encrypted: {@code DEK-Info: AES-256-CBC,…}.
   */
  private String withoutDashesInHeaders() {
    return text.replaceAll("(?m)^(?:DEK-Info|Proc-Type):.*$", "encrypted:");
  }

  private byte[] checkedDer(Block block) {
    if (block.body().contains("encrypted:")) {
      throw encrypted();
    }
    try {
      return der(block);
    } catch (IllegalArgumentException e) {
      throw damaged();
    }
  }

  private static byte[] der(Block block) {
    return Base64.getDecoder().decode(block.body().replaceAll("\\s+", ""));
  }

  private TareException encrypted() {
    return unusable(
        "the private key is encrypted",
        "Give one that is not, readable by its owner alone: openssl pkey -in FILE -out KEY.pem.");
  }

  private TareException damaged() {
    return unusable(
        "the private key in it cannot be read",
        "Expected a key for EC, RSA or EdDSA; check: openssl pkey -in FILE -noout -check.");
  }

  /** Without a cause: it could quote the file, in which there may be a key. */
  TareException unusable(String why, String hint) {
    return new TareException(FailureKind.USAGE, option + " " + file + ": " + why, hint);
  }
}
