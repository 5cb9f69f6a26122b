package dev.tare.cli;

import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;

/** Colours, where the output takes them. */
public final class Palette {
  private static final String RESET = "\u001b[0m";

  private final boolean on;

  public Palette(boolean on) {
    this.on = on;
  }

  public String dim(String text) {
    return coloured("2", text);
  }

  public String bold(String text) {
    return coloured("1", text);
  }

  public String error(String text) {
    return coloured("1;31", text);
  }

  public String severity(Severity severity, String text) {
    return switch (severity) {
      case CRITICAL -> coloured("1;35", text);
      case HIGH -> coloured("31", text);
      case MEDIUM -> coloured("33", text);
      case LOW -> coloured("36", text);
      case NOTE -> coloured("2", text);
    };
  }

  public String verdict(Verdict verdict, String text) {
    return switch (verdict) {
      case COMPLIANT -> coloured("32", text);
      case FAILING -> coloured("31", text);
      case UNKNOWN -> coloured("33", text);
    };
  }

  private String coloured(String code, String text) {
    return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + RESET : text;
  }
}
