package dev.tare.http;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom TLS trusts and who it says that we are.
 *
 * @param insecureSkipVerify whether any certificate is taken for good
 * @param authorities trusted besides those that Java trusts
 * @param certificateFile PEM with more of them, read when the first connection asks; null for none
 * @param client shown to servers that ask for a certificate; null for none
 */
public record TlsOptions(
    boolean insecureSkipVerify,
    List<X509Certificate> authorities,
    @Nullable Path certificateFile,
    @Nullable ClientCertificate client) {
  public TlsOptions {
    authorities = List.copyOf(authorities);
  }

  /** Trusts what Java trusts. */
  public static TlsOptions defaults() {
    return new TlsOptions(false, List.of(), null, null);
  }

  /** The same, with certificates verified or not. */
  public TlsOptions withInsecureSkipVerify(boolean value) {
    return new TlsOptions(value, authorities, certificateFile, client);
  }
}
