package dev.tare.inspect;

/** Content that is not of the form its place says: becomes a gap of the facts. */
final class UnreadableException extends Exception {
  UnreadableException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
