package dev.tare.registry;

import dev.tare.http.Backoff;
import dev.tare.http.HttpTransport;
import dev.tare.registry.auth.Authenticator;
import dev.tare.registry.auth.TokenServer;
import dev.tare.registry.engine.Engine;
import dev.tare.registry.engine.EngineKind;
import dev.tare.registry.local.EngineImageSource;
import dev.tare.registry.local.LocalPlace;
import dev.tare.registry.login.EnvironmentCredentials;
import dev.tare.registry.login.HelperProgram;
import dev.tare.registry.login.LoginFiles;
import dev.tare.registry.login.MountedPullSecrets;
import dev.tare.registry.protocol.Origin;
import dev.tare.registry.protocol.RegistryArtifactSink;
import dev.tare.registry.protocol.RegistryCaller;
import dev.tare.registry.protocol.RegistryImageSource;
import dev.tare.registry.wire.Failures;
import dev.tare.registry.wire.RegistryHost;
import dev.tare.stop.StopSignal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Opens registries, and places on this machine that hold images as well. */
public final class RegistrySources {
  private static final Duration HELPER_LIMIT = Duration.ofMinutes(1);

  private RegistrySources() {}

  /**
   * A registry with the credentials that the environment has for it: its {@code
   * TARE_REGISTRY_USERNAME} and {@code TARE_REGISTRY_PASSWORD}, else the pull secrets in the
   * directory {@code TARE_REGISTRY_SECRETS}, else Docker's configuration and credential helpers.
   * Nothing is sent before the first question.
   *
   * @param registry {@code host[:port]}, {@code oci:PATH}, {@code docker-archive:FILE}, {@code
   *     docker-daemon:} or {@code podman:}
   * @param stop cuts off every request
   * @throws dev.tare.error.TareException USAGE where that is not one
   */
  public static ImageSource open(String registry, RegistryOptions options, StopSignal stop) {
    if (LocalPlace.isOne(registry)) {
      return LocalPlace.of(registry).source();
    }
    return EngineKind.ofRegistry(registry)
        .<ImageSource>map(kind ->
            new EngineImageSource(
                new Engine(kind, System.getenv(), options.http().timeouts().read(), stop)))
        .orElseGet(() -> open(registry, options, credentials(stop), stop));
  }

  private static CredentialSource credentials(StopSignal stop) {
    Map<String, String> environment = System.getenv();
    return new EnvironmentCredentials(environment)
        .orElse(MountedPullSecrets.of(environment))
        .orElse(LoginFiles.of(environment, new HelperProgram(environment, HELPER_LIMIT, stop)));
  }

  /** A registry with these credentials. */
  public static ImageSource open(
      String registry, RegistryOptions options, CredentialSource credentials, StopSignal stop) {
    return open(registry, options, credentials, stop, stop::sleep);
  }

  /**
   * A registry that is written to, with the credentials that the environment has for it.
   *
   * @param registry {@code host[:port]}
   * @throws dev.tare.error.TareException USAGE where that is not one
   */
  public static ArtifactSink sink(String registry, RegistryOptions options, StopSignal stop) {
    return sink(registry, options, credentials(stop), stop);
  }

  /** A registry that is written to with these credentials. */
  public static ArtifactSink sink(
      String registry, RegistryOptions options, CredentialSource credentials, StopSignal stop) {
    RegistryHost host = RegistryHost.parse(registry);
    return new RegistryArtifactSink(host, caller(host, options, credentials, stop, stop::sleep));
  }

  static ImageSource open(
      String registry,
      RegistryOptions options,
      CredentialSource credentials,
      StopSignal stop,
      Backoff.Sleeper sleeper) {
    RegistryHost host = RegistryHost.parse(registry);
    return new RegistryImageSource(
        host, caller(host, options, credentials, stop, sleeper), options.pageSize());
  }

  private static RegistryCaller caller(
      RegistryHost host,
      RegistryOptions options,
      CredentialSource credentials,
      StopSignal stop,
      Backoff.Sleeper sleeper) {
    InstantSource clock = InstantSource.system();
    HttpTransport transport = new HttpTransport(options.http(), stop);
    Failures failures = new Failures(host);
    Authenticator authenticator =
        new Authenticator(host, credentials, new TokenServer(host, transport), clock);
    Origin origin = new Origin(host, options.plainHttp(), transport, authenticator, failures);
    return new RegistryCaller(
        host,
        transport,
        authenticator,
        origin,
        failures,
        new Backoff(options.http().retries(), sleeper, clock),
        stop);
  }
}
