package dev.tare.cli.terminal;

/** A number with its noun. */
public final class Counted {
  private Counted() {}

  public static String of(int count, String one) {
    return of(count, one, one + "s");
  }

  public static String of(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
