package dev.tare.registry.wire;

import dev.tare.registry.RegistryOptions;
import dev.tare.stop.StopSignal;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.client5.http.ssl.TrustAllStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends one HTTP request at a time over a shared pool of connections, and nothing more: no
 * redirects, retries, cookies, authentication or decompression (a blob's digest is of its
 * compressed bytes). Safe for concurrent use.
 */
public final class HttpTransport implements AutoCloseable {
  /** Small buffers cost more system calls than a layer's decompression leaves time for. */
  private static final int BUFFER_BYTES = 128 * 1024;

  private static final int LONGEST_HEADER_BYTES = 64 * 1024;
  private static final int MOST_HEADERS = 500;

  /** Hosts that take part at a time: the registry, its token server, its storage. */
  private static final int HOSTS = 4;

  /** Blobs of gigabytes may be in front of a request that waits for a connection. */
  private static final Timeout QUEUE_TIMEOUT = Timeout.ofMinutes(30);

  private final CloseableHttpClient client;
  private final StopSignal stop;
  private final StopSignal.Registration cutting;

  /** Speaks as these options say, until {@code stop} drops all connections. */
  public HttpTransport(RegistryOptions options, StopSignal stop) {
    Timeout connectTimeout = Timeout.of(options.connectTimeout());
    Timeout readTimeout = Timeout.of(options.readTimeout());
    PoolingHttpClientConnectionManager pool =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder()
                    .http1Config(
                        Http1Config.custom()
                            .setBufferSize(BUFFER_BYTES)
                            .setMaxLineLength(LONGEST_HEADER_BYTES)
                            .setMaxHeaderCount(MOST_HEADERS)
                            .build())
                    .build())
            .setTlsSocketStrategy(new LazyTls(() -> tls(options.insecureSkipTlsVerify())))
            .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connectTimeout).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(connectTimeout)
                    .setSocketTimeout(readTimeout)
                    .setTimeToLive(TimeValue.ofMinutes(10))
                    .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                    .build())
            .setMaxConnPerRoute(options.connectionsPerHost())
            .setMaxConnTotal(options.connectionsPerHost() * HOSTS)
            .build();
    client =
        HttpClients.custom()
            .setConnectionManager(pool)
            .setRoutePlanner(new SystemDefaultRoutePlanner(ProxySelector.getDefault()))
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(QUEUE_TIMEOUT)
                    .setResponseTimeout(readTimeout)
                    .build())
            .setUserAgent(options.userAgent())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            // The usual registry reads the list of all public suffixes first.
            .setDefaultCookieSpecRegistry(name -> null)
            .disableAuthCaching()
            .build();
    this.stop = stop;
    this.cutting = stop.onRaise(() -> client.close(CloseMode.IMMEDIATE));
  }

  /** Sends a request without a body and returns as soon as the headers of its answer are there. */
  public RegistryResponse send(String method, URI uri, Map<String, String> headers)
      throws IOException {
    return send(new HttpUriRequestBase(method, uri), uri, headers);
  }

  /** Posts a form. */
  public RegistryResponse post(URI uri, String form) throws IOException {
    HttpUriRequestBase request = new HttpUriRequestBase("POST", uri);
    request.setEntity(new StringEntity(form, ContentType.APPLICATION_FORM_URLENCODED));
    return send(request, uri, Map.of());
  }

  private RegistryResponse send(HttpUriRequestBase request, URI uri, Map<String, String> headers)
      throws IOException {
    headers.forEach(request::setHeader);
    try {
      return new RegistryResponse(
          client.executeOpen(
              new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort()), request, null),
          request::cancel);
    } catch (IOException | IllegalStateException e) {
      stop.check(); // A client that was closed says so with an IllegalStateException.
      throw e;
    }
  }

  @Override
  public void close() {
    cutting.close();
    client.close(CloseMode.GRACEFUL);
  }

  private static TlsSocketStrategy tls(boolean insecureSkipTlsVerify) {
    if (!insecureSkipTlsVerify) {
      return new DefaultClientTlsStrategy(
          SSLContexts.createSystemDefault(), HttpsSupport.getDefaultHostnameVerifier());
    }
    try {
      SSLContext trusting =
          SSLContexts.custom().loadTrustMaterial(null, TrustAllStrategy.INSTANCE).build();
      return new DefaultClientTlsStrategy(trusting, NoopHostnameVerifier.INSTANCE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }
}
