package dev.tare.app;

/** Entry point. */
public final class Tare {
  private Tare() {}

  /** Runs. */
  public static void main(String[] args) {
    System.out.println("tare");
  }
}
