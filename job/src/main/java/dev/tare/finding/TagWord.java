package dev.tare.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word of a tag, with the separators before it.
 *
 * @param separators {@code -}, {@code _} or {@code .}, possibly several, possibly none
 * @param text without separators, except in {@code x86_64} and in a UUID
 */
record TagWord(String separators, String text, Kind kind) {
  /** What a word is made of. */
  enum Kind {
    /** No number in it, or a name that has one. */
    NAME,
    /** A short number, or letters with short numbers. */
    NUMBERED,
    /** A hash, a UUID, a random identifier, or a number as long as one: a date, a build id. */
    IDENTIFIER
  }

  private static final String PROCESSORS =
      "x86[-_]64|x86|x64|amd64|i[3-6]86|arm32v[5-8]|arm64v8|arm64|armv[5-8]l?|armel|armhf|aarch64"
          + "|ppc64le|ppc64|s390x|riscv64|mips64le|mips64|loong64|loongarch64";
  private static final String UUID =
      "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
  private static final Pattern WORD =
      Pattern.compile(
          "(?<separators>[-_.]*)(?:(?<processor>(?i:"
              + PROCESSORS
              + "))(?![^-_.])|(?<uuid>"
              + UUID
              + ")(?![^-_.])|(?<other>[^-_.]+))");

  private static final Pattern HASH = Pattern.compile("g?(?=[0-9a-fA-F]*[0-9])[0-9a-fA-F]{7,64}");
  private static final Pattern NAME_WITH_DIGIT =
      Pattern.compile("(?![vV][0-9])[A-Za-z]+[0-9][A-Za-z]+");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern SWITCH =
      Pattern.compile("(?<=[0-9])(?=[A-Za-z])|(?<=[A-Za-z])(?=[0-9])");

  /** Random identifiers are at least this long … */
  private static final int IDENTIFIER_LENGTH = 10;

  /** … and change between letters and digits at least this often. */
  private static final int IDENTIFIER_SWITCHES = 3;

  /** The words of a tag in their order; separators at its end are a word without text. */
  static List<TagWord> split(String tag) {
    List<TagWord> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(tag);
    int end = 0;
    while (matcher.find()) {
      end = matcher.end();
      String separators = matcher.group("separators");
      String other = matcher.group("other");
      if (other != null) {
        words.add(new TagWord(separators, other, kindOf(other)));
      } else if (matcher.group("uuid") != null) {
        words.add(new TagWord(separators, matcher.group("uuid"), Kind.IDENTIFIER));
      } else {
        words.add(new TagWord(separators, matcher.group("processor"), Kind.NAME));
      }
    }
    if (end < tag.length()) {
      words.add(new TagWord(tag.substring(end), "", Kind.NAME));
    }
    return words;
  }

  /** The word with what differs from build to build as {@code *}. */
  String generalized() {
    return separators
        + switch (kind) {
          case NAME -> text;
          case NUMBERED -> DIGITS.matcher(text).replaceAll("*");
          case IDENTIFIER -> "*";
        };
  }

  /** How many runs of digits it has. */
  int numbers() {
    return (int) DIGITS.matcher(text).results().count();
  }

  private static Kind kindOf(String word) {
    if (HASH.matcher(word).matches()
        || (word.length() >= IDENTIFIER_LENGTH
            && SWITCH.matcher(word).results().count() >= IDENTIFIER_SWITCHES)) {
      return Kind.IDENTIFIER;
    }
    boolean name = NAME_WITH_DIGIT.matcher(word).matches() || !DIGITS.matcher(word).find();
    return name ? Kind.NAME : Kind.NUMBERED;
  }
}
