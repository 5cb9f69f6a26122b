package dev.tare.facts;

import org.jspecify.annotations.Nullable;

/**
 * A fact that could not be measured, wholly or in part. Null is unknown.
 *
 * @param fact its name: {@code tools}, {@code base.os}
 */
public record Gap(@Nullable String fact, @Nullable String reason) {
  static Gap of(Fields gap) {
    return new Gap(gap.text("fact"), gap.text("reason"));
  }

  /**
   * Whether it makes this fact incomplete. A gap of {@code base} concerns {@code base.os} and the
   * other way round, but one of {@code tools.owned} leaves the list of tools whole; a gap of {@code
   * layers} concerns whatever is read from layers.
   */
  boolean concerns(Fact asked) {
    if (fact == null) {
      return false;
    }
    String word = asked.word();
    return fact.equals(word)
        || (fact.startsWith(word + ".") && !asked.isList())
        || word.startsWith(fact + ".")
        || (fact.equals(Fact.LAYERS.word()) && asked.isReadFromLayers());
  }
}
