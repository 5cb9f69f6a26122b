package dev.tare.app;

import java.util.Arrays;

/**
 * Decides how much is logged, before the first logger is made: warnings, and everything of Tare's
 * own with -v.
 */
final class Logging {
  private Logging() {}

  static void configure(String[] arguments) {
    boolean verbose =
        Arrays.stream(arguments).anyMatch(a -> a.equals("-v") || a.equals("--verbose"));
    System.setProperty("tare.log.level", verbose ? "DEBUG" : "WARN");
    System.setProperty("tare.log.others", verbose ? "INFO" : "OFF");
  }
}
