package dev.tare.cli.option;

import dev.tare.http.HttpOptions;
import dev.tare.registry.PlainHttp;
import dev.tare.registry.RegistryOptions;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How registries are reached. */
public final class ConnectionOptions {
  @Option(
      names = "--plain-http",
      negatable = true,
      fallbackValue = "true",
      description = "Use http instead of https. Loopback hosts need no flag.")
  boolean plainHttp;

  @Option(
      names = "--insecure-skip-tls-verify",
      negatable = true,
      fallbackValue = "true",
      description = "Do not check the registry's certificate.")
  boolean insecure;

  @Mixin public TlsFileOptions files = new TlsFileOptions();

  /** What they say, with this environment's proxies and CAs. */
  public RegistryOptions resolve(Map<String, String> environment) {
    HttpOptions http = files.resolve(environment);
    return RegistryOptions.defaults()
        .withPlainHttp(plainHttp ? PlainHttp.ALWAYS : PlainHttp.AUTO)
        .withHttp(http.withTls(http.tls().withInsecureSkipVerify(insecure)));
  }
}
