package dev.tare.store;

import dev.tare.finding.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcomes of an image, and how they are stored: packing them takes no database. */
public final class PackedOutcomes {
  /**
   * Outcomes of an image before waivers, as they are stored.
   *
   * @param id of the content
   * @param others deflated outcomes that differ from that, by position; null where none does
   * @param verdict its word
   * @param findings JSON object: severity to number
   */
  public record Kept(long id, byte @Nullable [] others, String verdict, String findings) {}

  private final List<Outcome> before;
  private final List<Outcome> outcomes;
  private final PackedJson packed;

  private PackedOutcomes(List<Outcome> before, List<Outcome> outcomes, PackedJson packed) {
    this.before = before;
    this.outcomes = outcomes;
    this.packed = packed;
  }

  /** Packs outcomes of which none was waived. */
  public static PackedOutcomes of(List<Outcome> outcomes) {
    return of(outcomes, outcomes);
  }

  /**
   * Packs them.
   *
   * @param before without waivers
   * @param outcomes the same with waivers, in the same order
   */
  public static PackedOutcomes of(List<Outcome> before, List<Outcome> outcomes) {
    return new PackedOutcomes(List.copyOf(before), List.copyOf(outcomes), PackedJson.of(before));
  }

  /** Without waivers. */
  List<Outcome> before() {
    return before;
  }

  /** With waivers. */
  List<Outcome> outcomes() {
    return outcomes;
  }

  PackedJson packed() {
    return packed;
  }

  /**
   * Equal for equal outcomes. Whoever writes several in one transaction does so in this order: two
   * that took them in different ones would wait for each other.
   */
  public String order() {
    return packed.hash();
  }
}
