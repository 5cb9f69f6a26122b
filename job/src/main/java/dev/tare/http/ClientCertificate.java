package dev.tare.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server that asks for it is shown.
 *
 * @param chain our certificate first
 */
public record ClientCertificate(List<X509Certificate> chain, PrivateKey key) {
  public ClientCertificate {
    chain = List.copyOf(chain);
  }

  /**
   * Reads certificate and key, each PEM.
   *
   * @param keyFile null where the key stands in the same file
   * @throws dev.tare.error.TareException USAGE where one cannot be used, or the two do not belong
   *     together
   */
  public static ClientCertificate read(Path certificateFile, @Nullable Path keyFile) {
    PemFile certificate = PemFile.read("--client-cert", certificateFile);
    PemFile holder = keyFile == null ? certificate : PemFile.read("--client-key", keyFile);
    List<X509Certificate> chain = certificate.certificates();
    PrivateKey key = holder.key();
    if (!belongTogether(chain.getFirst().getPublicKey(), key)) {
      throw holder.unusable(
          "the key does not fit the certificate " + certificateFile,
          "Name the key that the certificate was asked for with; in a chain our own certificate"
              + " comes first.");
    }
    return new ClientCertificate(chain, key);
  }

  private static boolean belongTogether(PublicKey certified, PrivateKey key) {
    if (!certified.getAlgorithm().equals(key.getAlgorithm())) {
      return false;
    }
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    byte[] text = "the same key?".getBytes(StandardCharsets.UTF_8);
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(text);
      byte[] signed = signing.sign();
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(certified);
      verifying.update(text);
      return verifying.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // Of another curve or length.
    }
  }

  /** Does not show the key. */
  @Override
  public String toString() {
    return "ClientCertificate[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
