package dev.tare.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** What an API server said, or why it could not be asked. */
final class ApiAnswer {
  private ApiAnswer() {}

  /** {@code 403 pods is forbidden: …}, {@code Connection refused}. */
  static String of(KubernetesClientException e) {
    if (e.getStatus() != null && e.getStatus().getMessage() != null) {
      return e.getCode() + " " + e.getStatus().getMessage();
    }
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
