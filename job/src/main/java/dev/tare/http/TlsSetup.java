package dev.tare.http;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.client5.http.ssl.TrustAllStrategy;
import org.apache.hc.core5.ssl.SSLContextBuilder;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;

/** Makes TLS of what the options say. */
final class TlsSetup {
  private static final char[] IN_MEMORY = new char[0];

  private TlsSetup() {}

  /** Throws a TareException where the file of certificates cannot be used. */
  static TlsSocketStrategy strategy(TlsOptions options) {
    try {
      return options.insecureSkipVerify()
          ? new DefaultClientTlsStrategy(trustingAll(options), NoopHostnameVerifier.INSTANCE)
          : new DefaultClientTlsStrategy(
              trusting(options), HttpsSupport.getDefaultHostnameVerifier());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  private static SSLContext trustingAll(TlsOptions options)
      throws GeneralSecurityException, IOException {
    SSLContextBuilder context =
        SSLContexts.custom().loadTrustMaterial(null, TrustAllStrategy.INSTANCE);
    ClientCertificate client = options.client();
    return (client == null ? context : context.loadKeyMaterial(store(client), IN_MEMORY)).build();
  }

  private static SSLContext trusting(TlsOptions options)
      throws GeneralSecurityException, IOException {
    List<X509Certificate> added = new ArrayList<>(options.authorities());
    Path file = options.certificateFile();
    if (file != null) {
      added.addAll(PemFile.read("SSL_CERT_FILE", file).certificates());
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        keyManagers(options.client()),
        added.isEmpty() ? null : trustManagers(added).getTrustManagers(),
        null);
    return context;
  }

  private static TrustManagerFactory trustManagers(List<X509Certificate> added)
      throws GeneralSecurityException, IOException {
    KeyStore all = KeyStore.getInstance("PKCS12");
    all.load(null, null);
    int number = 0;
    for (X509Certificate certificate : systems()) {
      all.setCertificateEntry("system" + number++, certificate);
    }
    for (X509Certificate certificate : added) {
      all.setCertificateEntry("added" + number++, certificate);
    }
    return factory(all);
  }

  private static List<X509Certificate> systems() throws GeneralSecurityException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (TrustManager manager : factory(null).getTrustManagers()) {
      if (manager instanceof X509TrustManager trusting) {
        certificates.addAll(List.of(trusting.getAcceptedIssuers()));
      }
    }
    return certificates;
  }

  private static TrustManagerFactory factory(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  private static KeyManager @Nullable [] keyManagers(@Nullable ClientCertificate client)
      throws GeneralSecurityException, IOException {
    if (client == null) {
      return null;
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store(client), IN_MEMORY);
    return factory.getKeyManagers();
  }

  private static KeyStore store(ClientCertificate client)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "client", client.key(), IN_MEMORY, client.chain().toArray(X509Certificate[]::new));
    return store;
  }
}
