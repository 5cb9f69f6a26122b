package dev.tare.store;

import java.util.Locale;

/** How far a run has come with one image; each step takes those of the one before. */
public enum ImageState {
  LISTED,
  DESCRIBED,
  JUDGED,
  /** It stands among the not inspected. */
  UNREADABLE;

  /** The word in the state: {@code listed}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
