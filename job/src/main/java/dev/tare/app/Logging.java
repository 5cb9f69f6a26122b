package dev.tare.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/**
 * How much is logged: warnings of Tare's own, and with -v everything, of others what they hold for
 * news.
 */
final class Logging {
  static final String OWN = "dev.tare";

  private Logging() {}

  /** Raises it to what -v shows. */
  static void everything() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger(OWN).setLevel(Level.DEBUG);
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
  }
}
