package dev.tare.store.packed;

import java.io.IOException;
import tools.jackson.core.JacksonException;

/** What is stored is not what was stored: the database, or the disk below it, lost some of it. */
public final class DamagedContent extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedContent(IOException cause) {
    super(cause.getMessage(), cause);
  }

  /** Of a row that cannot be read as one of its table. */
  public DamagedContent(RuntimeException cause) {
    super("a row cannot be read: " + cause.getMessage(), cause);
  }

  /** Of a text that is no longer the one that was stored. */
  public DamagedContent(JacksonException cause) {
    super(cause.getOriginalMessage(), cause);
  }
}
