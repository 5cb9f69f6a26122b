package dev.tare.testing;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * A server on the loopback address with a certificate, for localhost and registry.example, of a CA
 * of its own. {@link #strict} ones answer clients with a certificate of that CA alone.
 */
public final class TlsServer implements AutoCloseable {
  private static final String PASSWORD = "changeit";
  private static final String CA = "ca";
  private static final String SERVER = "server";
  private static final String CLIENT = "client";

  private final HttpsServer server;
  private final KeyStore keys;

  private TlsServer(HttpsServer server, KeyStore keys) {
    this.server = server;
    this.keys = keys;
  }

  /** Starts one; the keys are made below {@code directory} by the JDK's keytool. */
  public static TlsServer start(Path directory, HttpHandler handler) {
    return start(directory, handler, false);
  }

  /** Starts one that wants to see a certificate of its CA. */
  public static TlsServer strict(Path directory, HttpHandler handler) {
    return start(directory, handler, true);
  }

  private static TlsServer start(Path directory, HttpHandler handler, boolean strict) {
    try {
      Path store = directory.resolve("store.p12");
      keyPair(store, CA, "-ext", "bc=ca:true");
      keyPair(
          store,
          SERVER,
          "-signer",
          CA,
          "-ext",
          "san=dns:localhost,dns:registry.example,ip:127.0.0.1");
      keyPair(store, CLIENT, "-signer", CA);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream stream = Files.newInputStream(store)) {
        keys.load(stream, PASSWORD.toCharArray());
      }
      HttpsServer server =
          HttpsServer.create(
              new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
      SSLContext context = context(keys);
      server.setHttpsConfigurator(
          new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters wanted = context.getDefaultSSLParameters();
              wanted.setNeedClientAuth(strict);
              parameters.setSSLParameters(wanted);
            }
          });
      server.createContext("/", handler);
      server.start();
      return new TlsServer(server, keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keyPair(Path store, String alias, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                alias));
    command.addAll(List.of(more));
    Programs.run(command.toArray(String[]::new));
  }

  private static SSLContext context(KeyStore keys) throws GeneralSecurityException, IOException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(
        SERVER,
        keys.getKey(SERVER, PASSWORD.toCharArray()),
        PASSWORD.toCharArray(),
        keys.getCertificateChain(SERVER));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(own, PASSWORD.toCharArray());
    KeyStore clients = KeyStore.getInstance("PKCS12");
    clients.load(null, null);
    clients.setCertificateEntry(CA, keys.getCertificate(CA));
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(clients);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  /** Its name in references: {@code localhost:40123}. */
  public String host() {
    return "localhost:" + port();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** The CA that signed its certificate. */
  public List<X509Certificate> authorities() {
    return List.of(certificate(CA));
  }

  /** PEM of that CA. */
  public String authorityPem() {
    return pem("CERTIFICATE", encoded(CA));
  }

  /** PEM of a client's certificate that the CA signed. */
  public String clientPem() {
    return pem("CERTIFICATE", encoded(CLIENT));
  }

  /** PEM of its key. */
  public String clientKeyPem() {
    try {
      return pem("PRIVATE KEY", keys.getKey(CLIENT, PASSWORD.toCharArray()).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate certificate(String alias) {
    try {
      return (X509Certificate) keys.getCertificate(alias);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] encoded(String alias) {
    try {
      return certificate(alias).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String label, byte[] encoded) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(
            label,
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded),
            label);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
