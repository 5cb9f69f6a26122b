package dev.tare.http;

/** From where an address can be reached. */
enum Reach {
  PUBLIC("public"),
  PRIVATE("private"),
  LOOPBACK("loopback"),
  LINK_LOCAL("link-local");

  private final String word;

  Reach(String word) {
    this.word = word;
  }

  /** As it stands in messages: {@code link-local}. */
  String word() {
    return word;
  }

  /**
   * Whether a server may send its clients on to an address of {@code other}: nobody public to what
   * the client alone reaches, and nobody else to where machines keep their credentials
   * (169.254.169.254).
   */
  boolean maySendTo(Reach other) {
    return switch (other) {
      case PUBLIC -> true;
      case PRIVATE, LOOPBACK -> this != PUBLIC;
      case LINK_LOCAL -> this == LINK_LOCAL;
    };
  }
}
