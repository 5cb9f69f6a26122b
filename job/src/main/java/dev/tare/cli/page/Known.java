package dev.tare.cli.page;

import dev.tare.cli.terminal.Counted;
import dev.tare.text.Bytes;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Facts as words, and a question mark for what nobody knows. */
final class Known {
  private static final String UNKNOWN = "?";

  private Known() {}

  static String text(@Nullable Object fact) {
    return fact == null ? UNKNOWN : fact.toString();
  }

  static String bytes(@Nullable Long bytes) {
    return bytes == null ? UNKNOWN : Bytes.humanised(bytes);
  }

  /** With its noun: {@code 3 layers}. */
  static String counted(@Nullable Integer count, String one) {
    return count == null ? UNKNOWN + " " + one + "s" : Counted.of(count, one);
  }

  /** With one digit behind the point: {@code 98.4 %}. */
  static String percent(@Nullable Double share) {
    return share == null ? UNKNOWN : String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  /** Whose something is; a question mark where no image that this one stands on is known. */
  static String origin(@Nullable Boolean inBase) {
    return inBase == null ? UNKNOWN : inBase ? "base" : "image";
  }
}
