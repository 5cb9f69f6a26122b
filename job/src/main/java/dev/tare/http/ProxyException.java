package dev.tare.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A proxy that is not reached, or that does not let a request through. */
public final class ProxyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean wantsLogin;

  ProxyException(String message, boolean wantsLogin, @Nullable Throwable cause) {
    super(message, cause);
    this.wantsLogin = wantsLogin;
  }

  /** Whether it does not know who asks. */
  boolean wantsLogin() {
    return wantsLogin;
  }
}
