package dev.tare.registry.target;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Orders tags by what their names say, newest first:
 *
 * <ol>
 *   <li>{@code latest};
 *   <li>versions and dates, {@code v1.10.0} before {@code 1.9}: numbers by value, a missing one as
 *       0; a release before its pre-releases ({@code 2.0}, {@code 2.0-rc.2}, {@code 2.0-rc.1});
 *       then what follows the version ({@code 1.2-alpine3.20} before {@code 1.2-alpine3.9});
 *   <li>other words in natural order, backwards: {@code build-10} before {@code build-9};
 *   <li>commit hashes, which say nothing of their age: 7 to 40 hexadecimal digits with a letter
 *       among them, or exactly 40.
 * </ol>
 *
 * Tags that say the same ({@code v1.2}, {@code 1.2}) are ordered as text, so that the order is
 * total and the same on every run. When an image was made is not in its tag; this is the order
 * before any config is read.
 */
public final class TagOrder implements Comparator<String> {
  /** The only instance needed. */
  public static final TagOrder NEWEST_FIRST = new TagOrder();

  private static final Pattern VERSION = Pattern.compile("[vV]?(\\d+(?:\\.\\d+)*)(.*)");
  private static final Pattern COMMIT =
      Pattern.compile("(?=.*[a-fA-F])[0-9a-fA-F]{7,40}|[0-9]{40}");
  private static final Pattern PRE_RELEASE =
      Pattern.compile(
          "[-._+]?(?:alpha|beta|rc|cr|pre|preview|dev|snapshot|nightly|canary|ea|milestone|[abm](?=\\d))"
              + "(?![a-z]).*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern TOKEN = Pattern.compile("\\d+|\\D+");

  private static final Comparator<String> OLDEST_FIRST =
      Comparator.comparingInt(TagOrder::kind)
          .thenComparing(TagOrder::numbers, TagOrder::compareNumbers)
          .thenComparing(TagOrder::isRelease)
          .thenComparing(TagOrder::tokens, TagOrder::compareTokens)
          .thenComparing(Comparator.naturalOrder());

  private TagOrder() {}

  @Override
  public int compare(String one, String other) {
    return OLDEST_FIRST.compare(other, one);
  }

  private static int kind(String tag) {
    if (tag.equals("latest")) {
      return 3;
    }
    if (isCommit(tag)) {
      return 0;
    }
    return VERSION.matcher(tag).matches() ? 2 : 1;
  }

  private static boolean isCommit(String tag) {
    return COMMIT.matcher(tag).matches();
  }

  private static List<String> numbers(String tag) {
    Matcher version = VERSION.matcher(tag);
    return version.matches() && !isCommit(tag)
        ? List.of(version.group(1).split("\\.", -1))
        : List.of();
  }

  private static String rest(String tag) {
    Matcher version = VERSION.matcher(tag);
    return version.matches() && !isCommit(tag) ? version.group(2) : tag;
  }

  private static boolean isRelease(String tag) {
    return !PRE_RELEASE.matcher(rest(tag)).matches();
  }

  private static List<String> tokens(String tag) {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(rest(tag));
    while (token.find()) {
      tokens.add(token.group());
    }
    return tokens;
  }

  private static int compareNumbers(List<String> one, List<String> other) {
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      int order =
          compareNumber(i < one.size() ? one.get(i) : "0", i < other.size() ? other.get(i) : "0");
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compareTokens(List<String> one, List<String> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int order = compareToken(one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    // The shorter name is the more general one and moves on with the newest: 1.2 before 1.2-slim.
    return Integer.compare(other.size(), one.size());
  }

  private static int compareToken(String one, String other) {
    boolean number = Character.isDigit(one.charAt(0));
    boolean otherNumber = Character.isDigit(other.charAt(0));
    if (number && otherNumber) {
      return compareNumber(one, other);
    }
    return number == otherNumber ? one.compareTo(other) : Boolean.compare(number, otherNumber);
  }

  /** By value, of any length. */
  private static int compareNumber(String one, String other) {
    String a = one.replaceFirst("^0+(?=.)", "");
    String b = other.replaceFirst("^0+(?=.)", "");
    return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
  }
}
