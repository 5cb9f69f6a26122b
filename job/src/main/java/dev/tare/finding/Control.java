package dev.tare.finding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One demand of a framework.
 *
 * @param id as the framework numbers it, {@code 4.1}
 * @param title in a few words
 * @param rules that the mapping file adds to those whose METADATA names the control
 * @param manual why a person has to look; null where nobody said so
 */
public record Control(String id, String title, List<String> rules, @Nullable String manual) {
  /** How a control is looked after. */
  public enum Coverage {
    /** Rules judge it. */
    RULES("rules"),
    /** An image does not show it: a person has to look. */
    MANUAL("manual"),
    /** Nobody looks after it. */
    NOT_COVERED("not covered");

    private final String word;

    Coverage(String word) {
      this.word = word;
    }

    /** The words in documents: {@code not covered}. */
    public String word() {
      return word;
    }
  }

  /** Copies the rules. */
  public Control {
    rules = List.copyOf(rules);
  }
}
