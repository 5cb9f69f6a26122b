package dev.tare.registry;

/** Whether a registry is spoken to without TLS. */
public enum PlainHttp {
  /**
   * Loopback hosts are plain HTTP, or HTTPS where that is what answers there; all others are HTTPS.
   */
  AUTO,
  /** Plain HTTP, whatever the host. */
  ALWAYS,
  /** HTTPS, whatever the host. */
  NEVER
}
