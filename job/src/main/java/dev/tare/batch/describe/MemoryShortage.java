package dev.tare.batch.describe;

/**
 * What is said of content that does not fit into memory. The limits on content are made for a small
 * heap; several large pieces at a time may still exceed it. What did not fit is let go when the
 * error reaches whoever catches it, and the run goes on.
 */
public final class MemoryShortage {
  private MemoryShortage() {}

  public static String reason() {
    return "it takes more memory than the "
        + (Runtime.getRuntime().maxMemory() >> 20)
        + " MiB that java may use: TARE_JAVA_OPTS=-Xmx1g gives it more";
  }
}
