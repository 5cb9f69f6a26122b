package dev.tare.finding;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a run counts as: kinds are kept apart in trends, as the last run, and in directories. */
public enum RunKind {
  /** A scan, and a judgement of its facts that was recorded beside scans. */
  SCAN,
  /** Facts of an earlier run, judged again to see what comes out. */
  EVALUATION,
  /** The sample images. */
  DEMO,
  /** Looking at an image; leaves nothing that is listed or reported. */
  INSPECTION;

  /** The word in documents and in the database: {@code evaluation}. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of this word. */
  public static Optional<RunKind> ofWord(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findAny();
  }
}
