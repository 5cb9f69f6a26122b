package dev.tare.inspect.content;

/** Content that is not of the form its place says: becomes a gap of the facts. */
public final class UnreadableException extends Exception {
  public UnreadableException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
