package dev.tare.cli.option;

import dev.tare.http.ClientCertificate;
import dev.tare.http.HttpOptions;
import dev.tare.http.PemFile;
import dev.tare.http.Proxies;
import dev.tare.http.TlsOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How servers are reached: files for TLS, and what the environment says of proxies and trust. */
public final class TlsFileOptions {
  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "PEM file of CAs to trust besides the system's. SSL_CERT_FILE names another one."
              + " Default: none.")
  private @Nullable Path caFile;

  @Option(
      names = "--client-cert",
      paramLabel = "FILE",
      description =
          "PEM file with a certificate for servers that ask for one, our own first, then those that"
              + " lead to its CA. Default: none.")
  private @Nullable Path clientCert;

  @Option(
      names = "--client-key",
      paramLabel = "FILE",
      description =
          "PEM file with its private key, not encrypted. Default: the file of --client-cert.")
  private @Nullable Path clientKey;

  /** Throws USAGE where a file cannot be used. */
  public HttpOptions resolve(Map<String, String> environment) {
    Path ca = given(caFile);
    String bundle = environment.getOrDefault("SSL_CERT_FILE", "");
    return HttpOptions.defaults()
        .withProxies(Proxies.of(environment))
        .withTls(
            new TlsOptions(
                false,
                ca == null ? List.of() : PemFile.read("--ca-file", ca).certificates(),
                bundle.isBlank() ? null : Path.of(bundle),
                client()));
  }

  private @Nullable ClientCertificate client() {
    Path certificate = given(clientCert);
    Path key = given(clientKey);
    if (certificate != null) {
      return ClientCertificate.read(certificate, key);
    }
    if (key != null) {
      throw Usage.error(
          "--client-key " + key + ": there is no certificate to it", "Name it with --client-cert.");
    }
    return null;
  }

  /** An option that is empty is one that is not given, as a chart's values are. */
  private static @Nullable Path given(@Nullable Path file) {
    return file == null || file.toString().isBlank() ? null : file;
  }
}
