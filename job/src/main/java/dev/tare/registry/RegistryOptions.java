package dev.tare.registry;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpOptions;

/**
 * How a registry is spoken to.
 *
 * @param plainHttp whether without TLS
 * @param pageSize repositories or tags a page, {@code n}; Distribution refuses more than 1000
 */
public record RegistryOptions(PlainHttp plainHttp, int pageSize, HttpOptions http) {
  /** Throws USAGE where a page would be empty. */
  public RegistryOptions {
    if (pageSize < 1) {
      throw new TareException(
          FailureKind.USAGE, "registry page size " + pageSize + ": expected 1 or more");
    }
  }

  /** What suits most registries. */
  public static RegistryOptions defaults() {
    return new RegistryOptions(PlainHttp.AUTO, 1000, HttpOptions.defaults());
  }

  /** The same with another choice between plain HTTP and HTTPS. */
  public RegistryOptions withPlainHttp(PlainHttp value) {
    return new RegistryOptions(value, pageSize, http);
  }

  /** The same with another page size. */
  public RegistryOptions withPageSize(int value) {
    return new RegistryOptions(plainHttp, value, http);
  }

  /** The same over HTTP of other options. */
  public RegistryOptions withHttp(HttpOptions value) {
    return new RegistryOptions(plainHttp, pageSize, value);
  }
}
