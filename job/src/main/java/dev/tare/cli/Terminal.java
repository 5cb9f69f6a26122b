package dev.tare.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where output goes and what it can show. Results go to standard output, everything about the run
 * (progress, warnings, errors) to standard error.
 *
 * <p>A Java process cannot tell portably which of its streams is a terminal, nor how wide it is.
 * The launcher can, and says so in {@code TARE_TTY} (the words {@code out} and {@code err}) and
 * {@code COLUMNS}; without it nothing is held to be a terminal. How it was called itself it says in
 * {@code TARE_COMMAND}.
 */
public final class Terminal {
  /** When to use colours. */
  public enum Colour {
    auto,
    always,
    never
  }

  private static final int WIDTH_WHERE_UNKNOWN = 110;
  private static final int LEAST_WIDTH = 60;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Map<String, String> environment;

  /** Writes to these streams in UTF-8. */
  public Terminal(OutputStream out, OutputStream err, Map<String, String> environment) {
    this.out = new PrintWriter(out, true, StandardCharsets.UTF_8);
    this.err = new PrintWriter(err, true, StandardCharsets.UTF_8);
    this.environment = Map.copyOf(environment);
  }

  /** The process's own streams. */
  public static Terminal ofProcess() {
    return new Terminal(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        System.getenv());
  }

  public PrintWriter out() {
    return out;
  }

  public PrintWriter err() {
    return err;
  }

  public Map<String, String> environment() {
    return environment;
  }

  /** Whether a person watches standard error. */
  public boolean showsProgress() {
    return tty("err");
  }

  public int width() {
    String columns = environment.get("COLUMNS");
    return columns != null && columns.matches("[1-9]\\d{0,3}")
        ? Math.max(LEAST_WIDTH, Integer.parseInt(columns))
        : WIDTH_WHERE_UNKNOWN;
  }

  /** What people type to start Tare: {@code ./tare}. */
  public String command() {
    return ShellWord.of(environment.getOrDefault("TARE_COMMAND", "tare"));
  }

  public Palette palette(Colour colour) {
    return new Palette(
        switch (colour) {
          case always -> true;
          case never -> false;
          case auto ->
              tty("out")
                  && !environment.containsKey("NO_COLOR")
                  && !"dumb".equals(environment.get("TERM"));
        });
  }

  private boolean tty(String stream) {
    return environment.getOrDefault("TARE_TTY", "").contains(stream);
  }
}
