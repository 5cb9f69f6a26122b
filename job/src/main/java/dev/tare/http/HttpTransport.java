package dev.tare.http;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.stop.StopSignal;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.FileEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends one HTTP request at a time over a shared pool of connections, through a proxy where one is
 * named: no retries, cookies, authentication or decompression (a blob's digest is of its compressed
 * bytes), and redirects only where {@link #follow} is asked for them. Safe for concurrent use.
 */
public final class HttpTransport implements AutoCloseable {
  /** Small buffers cost more system calls than a layer's decompression leaves time for. */
  private static final int BUFFER_BYTES = 128 * 1024;

  private static final int LONGEST_HEADER_BYTES = 64 * 1024;
  private static final int MOST_HEADERS = 500;
  private static final int MOST_REDIRECTS = 5;
  private static final int LARGEST_PORT = 65_535;
  private static final String USER_AGENT = "tare";

  /** Hosts that take part at a time: the registry, its token server, its storage. */
  private static final int HOSTS = 4;

  /** Blobs of gigabytes may be in front of a request that waits for a connection. */
  private static final Timeout QUEUE_TIMEOUT = Timeout.ofMinutes(30);

  private final CloseableHttpClient client;
  private final HttpOptions options;
  private final SendingOn sendingOn;
  private final StopSignal stop;
  private final StopSignal.Registration cutting;

  /** Speaks as these options say, until {@code stop} drops all connections. */
  public HttpTransport(HttpOptions options, StopSignal stop) {
    Timeout connectTimeout = Timeout.of(options.timeouts().connect());
    Timeout readTimeout = Timeout.of(options.timeouts().read());
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
            .setTlsSocketStrategy(new LazyTls(() -> TlsSetup.strategy(options.tls())))
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
            .setRoutePlanner(new ProxyRoutes())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(QUEUE_TIMEOUT)
                    .setResponseTimeout(readTimeout)
                    .build())
            .setUserAgent(USER_AGENT)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            // The usual registry reads the list of all public suffixes first.
            .setDefaultCookieSpecRegistry(name -> null)
            .disableAuthCaching()
            .build();
    this.options = options;
    this.sendingOn = new SendingOn(options.proxies());
    this.stop = stop;
    this.cutting = stop.onRaise(() -> client.close(CloseMode.IMMEDIATE));
  }

  /** Goes by the proxy that {@link #send} puts into the context of a request. */
  private static final class ProxyRoutes extends DefaultRoutePlanner {
    static final String PROXY = "dev.tare.proxy";

    ProxyRoutes() {
      super(null);
    }

    @Override
    protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
      return (HttpHost) context.getAttribute(PROXY);
    }
  }

  /** Sends a request without a body and returns as soon as the headers of its answer are there. */
  public HttpAnswer send(String method, URI uri, Map<String, String> headers) throws IOException {
    return send(new HttpUriRequestBase(method, uri), uri, headers);
  }

  /** Posts a form. */
  public HttpAnswer post(URI uri, String form) throws IOException {
    HttpUriRequestBase request = new HttpUriRequestBase("POST", uri);
    request.setEntity(new StringEntity(form, ContentType.APPLICATION_FORM_URLENCODED));
    return send(request, uri, Map.of());
  }

  /**
   * Sends a request with a body, and gives it up where its answer does not begin within a time,
   * however much of it trickles in.
   *
   * @param type its media type
   */
  public HttpAnswer send(
      String method,
      URI uri,
      Map<String, String> headers,
      String type,
      byte[] body,
      Duration patience)
      throws IOException {
    HttpUriRequestBase request = new HttpUriRequestBase(method, uri);
    request.setEntity(new ByteArrayEntity(body, ContentType.parse(type)));
    Thread watching =
        Thread.ofPlatform()
            .daemon()
            .name("answer-watch")
            .start(() -> {
              try {
                Thread.sleep(patience);
                request.cancel();
              } catch (InterruptedException e) {
                // There is an answer.
              }
            });
    try {
      return send(request, uri, headers);
    } catch (IOException e) {
      if (request.isCancelled()) {
        stop.check();
        throw new SocketTimeoutException("no answer within " + patience.toSeconds() + " s");
      }
      throw e;
    } finally {
      watching.interrupt();
    }
  }

  /**
   * Sends a request with a body.
   *
   * @param type its media type
   */
  public HttpAnswer send(
      String method, URI uri, Map<String, String> headers, String type, byte[] body)
      throws IOException {
    HttpUriRequestBase request = new HttpUriRequestBase(method, uri);
    request.setEntity(new ByteArrayEntity(body, ContentType.parse(type)));
    return send(request, uri, headers);
  }

  /**
   * Puts a file.
   *
   * @param type its media type
   */
  public HttpAnswer put(URI uri, Map<String, String> headers, String type, Path file)
      throws IOException {
    HttpUriRequestBase request = new HttpUriRequestBase("PUT", uri);
    request.setEntity(new FileEntity(file.toFile(), ContentType.parse(type)));
    return send(request, uri, headers);
  }

  /**
   * Sends a request, and again to where its answers send it on, as far as they may: not from https
   * to http, not from a public host to what only we can reach. {@code Authorization} is for the
   * first scheme, host and port alone.
   *
   * @param action the beginning of messages
   * @throws TareException BAD_CONTENT where an answer sends it on to where it may not
   */
  public HttpAnswer follow(String action, String method, URI first, Map<String, String> headers)
      throws IOException {
    Map<String, String> sent = new HashMap<>(headers);
    URI uri = first;
    for (int redirects = 0; ; redirects++) {
      HttpAnswer answer = send(method, uri, sent);
      String location = answer.header("Location");
      if (!answer.isRedirect() || location == null) {
        return answer;
      }
      answer.close();
      if (redirects >= MOST_REDIRECTS) {
        throw new TareException(
            FailureKind.BAD_CONTENT, action + ": more than " + MOST_REDIRECTS + " redirects");
      }
      URI next = next(action, uri, location);
      if (!isSameOrigin(uri, next)) {
        sent.remove("Authorization");
      }
      uri = next;
    }
  }

  private URI next(String action, URI uri, String location) {
    URI next = resolved(uri, location);
    if (next == null) {
      throw new TareException(
          FailureKind.BAD_CONTENT,
          action
              + ": sent on to \""
              + SendingOn.shown(location)
              + "\": expected an http or https address");
    }
    String refusal = sendingOn.refusal(uri, next);
    if (refusal != null) {
      throw new TareException(
          FailureKind.BAD_CONTENT,
          action
              + ": sent on to "
              + SendingOn.shown(next.toString())
              + ": redirects "
              + refusal
              + " are not followed",
          "Nothing was sent there: ask the operator of "
              + uri.getHost()
              + " where it should lead.");
    }
    return next;
  }

  /**
   * Why a server may not send its clients on to an address: {@code from https to http}; null where
   * it may.
   */
  public @Nullable String refusal(URI from, URI to) {
    return sendingOn.refusal(from, to);
  }

  /**
   * Null where it is no address of HTTP, or has a password in it; an address is never quoted, as
   * storages sign in it.
   */
  private static @Nullable URI resolved(URI base, String target) {
    try {
      URI uri = base.resolve(new URI(target));
      String scheme = uri.getScheme();
      boolean http = "http".equals(scheme) || "https".equals(scheme);
      return http && uri.getHost() != null && uri.getUserInfo() == null ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Whether two addresses have scheme, host and port in common. */
  public static boolean isSameOrigin(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && one.getHost().toLowerCase(Locale.ROOT).equals(other.getHost().toLowerCase(Locale.ROOT))
        && port(one) == port(other);
  }

  /** Whether its port is one, or it names none. */
  public static boolean hasPossiblePort(URI uri) {
    return uri.getPort() != 0 && uri.getPort() <= LARGEST_PORT;
  }

  /** Its own, or that of its scheme. */
  static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
  }

  private HttpAnswer send(HttpUriRequestBase request, URI uri, Map<String, String> headers)
      throws IOException {
    headers.forEach(request::setHeader);
    Proxies.Proxy proxy = options.proxies().of(uri);
    HttpClientContext context = context(proxy);
    HttpAnswer answer;
    try {
      answer =
          new HttpAnswer(
              uri,
              client.executeOpen(
                  new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort()), request, context),
              request::cancel,
              options.minimumRate());
    } catch (IOException | IllegalStateException e) {
      stop.check(); // A client that was closed says so with an IllegalStateException.
      if (proxy != null && e instanceof IOException failure) {
        throw ofProxy(proxy, failure);
      }
      throw e;
    }
    // What comes over TLS is from the server, all else from the proxy that was to open a tunnel.
    boolean tunnelled = !uri.getScheme().equals("https") || context.getSSLSession() != null;
    if (proxy != null && (!tunnelled || answer.status() == 407)) {
      answer.close();
      throw refused(proxy, answer.status());
    }
    return answer;
  }

  private static HttpClientContext context(Proxies.@Nullable Proxy proxy) {
    HttpClientContext context = HttpClientContext.create();
    if (proxy != null) {
      HttpHost host = new HttpHost("http", proxy.host(), proxy.port());
      context.setAttribute(ProxyRoutes.PROXY, host);
      if (proxy.user() != null) {
        BasicScheme scheme = new BasicScheme();
        scheme.initPreemptive(
            new UsernamePasswordCredentials(proxy.user(), proxy.password().toCharArray()));
        context.resetAuthExchange(host, scheme);
      }
    }
    return context;
  }

  /** A connection that is not made is not made to the proxy; all else is between it and others. */
  static IOException ofProxy(Proxies.Proxy proxy, IOException failure) {
    if (NetworkFailure.isUnreachable(failure) && !(failure instanceof ProxyException)) {
      return new ProxyException(
          "connect to proxy " + proxy + ": " + NetworkFailure.whyUnreachable(failure),
          false,
          failure);
    }
    return failure;
  }

  private static ProxyException refused(Proxies.Proxy proxy, int status) {
    String why =
        status != 407
            ? "refuses with " + status
            : proxy.user() == null
                ? "407, it wants user and password"
                : "407, it refuses user and password";
    return new ProxyException("proxy " + proxy + ": " + why, status == 407, null);
  }

  @Override
  public void close() {
    cutting.close();
    client.close(CloseMode.GRACEFUL);
  }
}
