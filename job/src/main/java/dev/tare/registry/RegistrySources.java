package dev.tare.registry;

import dev.tare.stop.StopSignal;
import java.time.InstantSource;

/** Opens registries, and places on this machine that hold images as well. */
public final class RegistrySources {
  private RegistrySources() {}

  /**
   * A registry with the credentials that {@link CredentialSource#standard()} finds. Nothing is sent
   * before the first question.
   *
   * @param registry {@code host[:port]}, {@code oci:PATH} or {@code docker-archive:FILE}
   * @param stop cuts off every request
   * @throws dev.tare.error.TareException USAGE where that is not one
   */
  public static ImageSource open(String registry, RegistryOptions options, StopSignal stop) {
    return LocalPlace.isOne(registry)
        ? LocalPlace.of(registry).source()
        : open(registry, options, CredentialSource.standard(), stop);
  }

  /** A registry with these credentials. */
  public static ImageSource open(
      String registry, RegistryOptions options, CredentialSource credentials, StopSignal stop) {
    return open(registry, options, credentials, stop, stop::sleep);
  }

  static ImageSource open(
      String registry,
      RegistryOptions options,
      CredentialSource credentials,
      StopSignal stop,
      Backoff.Sleeper sleeper) {
    RegistryHost host = RegistryHost.parse(registry);
    InstantSource clock = InstantSource.system();
    HttpTransport transport = new HttpTransport(options, stop);
    Failures failures = new Failures(host);
    Authenticator authenticator =
        new Authenticator(host, credentials, new TokenServer(host, transport), clock);
    Origin origin = new Origin(host, options.plainHttp(), transport, authenticator, failures);
    RegistryCaller caller =
        new RegistryCaller(
            host,
            transport,
            authenticator,
            origin,
            failures,
            new Backoff(options, sleeper, clock),
            stop);
    return new RegistryImageSource(host, caller, options.pageSize());
  }
}
