package dev.tare.cli.option;

import dev.tare.registry.PlainHttp;
import dev.tare.registry.RegistryOptions;
import picocli.CommandLine.Option;

/** How registries are reached. */
public final class ConnectionOptions {
  @Option(
      names = "--plain-http",
      negatable = true,
      fallbackValue = "true",
      description = "Talk http instead of https. Loopback hosts need no flag.")
  boolean plainHttp;

  @Option(
      names = "--insecure-skip-tls-verify",
      negatable = true,
      fallbackValue = "true",
      description = "Do not check the registry's certificate.")
  boolean insecure;

  public RegistryOptions resolve() {
    return RegistryOptions.defaults()
        .withPlainHttp(plainHttp ? PlainHttp.ALWAYS : PlainHttp.AUTO)
        .withInsecureSkipTlsVerify(insecure);
  }
}
