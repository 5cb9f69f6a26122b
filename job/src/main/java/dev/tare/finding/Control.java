package dev.tare.finding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One demand of a framework.
 *
 * @param id as the framework numbers it, {@code 4.1}
 * @param title in a few words
 * @param rules that the mapping file adds to those whose METADATA names the control
 * @param evidence what images can say of it
 * @param manual why a person has to look; null where nobody said so
 */
public record Control(
    String id, String title, List<String> rules, Evidence evidence, @Nullable String manual) {
  /** What images can say of a control. */
  public enum Evidence {
    /** Rules that pass on every image satisfy it. */
    FULL("full"),
    /**
     * It is about more than images, or demands more than rules can see: a rule that fails violates
     * it, and rules that pass leave it to a person.
     */
    VIOLATION_ONLY("violation-only");

    private final String word;

    Evidence(String word) {
      this.word = word;
    }

    /** The word in framework files. */
    public String word() {
      return word;
    }
  }

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

  /** Copies the rules; what rules alone cannot satisfy says what a person has to look at. */
  public Control {
    rules = List.copyOf(rules);
    if (evidence == Evidence.VIOLATION_ONLY && manual == null) {
      throw new IllegalArgumentException(
          "control " + id + ": manual must say what is left to check");
    }
  }
}
