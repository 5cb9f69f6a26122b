package dev.tare.finding;

import java.util.Collection;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * What the tags of builds of the same thing have in common. A ticket belongs to a line and not to a
 * tag, so that the next build number updates it instead of closing one ticket and opening another.
 *
 * <p>A tag becomes its line in these steps, none of which looks at the value of a number:
 *
 * <ol>
 *   <li>Names of processors ({@code amd64}, {@code arm64v8}, {@code x86_64}) and words with one
 *       digit between letters ({@code k8s}, {@code e2e}) stay as they are.
 *   <li>A word that is a commit hash (7 to 64 hexadecimal digits with a digit among them, also with
 *       the {@code g} of {@code git describe}), a UUID or a random identifier becomes {@code *}.
 *   <li>Every other run of digits becomes {@code *}: {@code v2} is {@code v*}, {@code rc1} is
 *       {@code rc*}.
 *   <li>Neighbours with only a separator between them become one: {@code 1.2.3-4} is {@code *}.
 * </ol>
 *
 * <pre>
 * 1.2.3            *            2024-05-01       *
 * v2               v*           main-3f2a9c1     main-*
 * 1.2-alpine3.18   *-alpine*    pr-12-amd64      pr-*-amd64
 * latest           latest       no tag           untagged
 * </pre>
 *
 * @param text the line, never empty
 * @param tagged false for the line of the images that have no tag; a tag may be the word {@code
 *     untagged} too
 */
public record TagLine(String text, boolean tagged) implements Comparable<TagLine> {
  /** The line of images without a tag. */
  public static final TagLine UNTAGGED = new TagLine("untagged", false);

  private static final Comparator<TagLine> ORDER =
      Comparator.comparing(TagLine::tagged).thenComparing(TagLine::text);

  private static final Pattern STARS = Pattern.compile("\\*(?:[-_.]+\\*)+");

  /** The line of one tag. */
  public static TagLine of(String tag) {
    StringBuilder line = new StringBuilder();
    for (TagWord word : TagWord.split(tag)) {
      line.append(word.generalized());
    }
    return new TagLine(STARS.matcher(line).replaceAll("*"), true);
  }

  /** The line of an image with these tags: that of its {@linkplain #mostSpecific} tag. */
  public static TagLine of(Collection<String> tags) {
    return tags.isEmpty() ? UNTAGGED : of(mostSpecific(tags));
  }

  /**
   * The tag that says most about the build. A version goes before a hash, a date or another long
   * number, and those before a floating word such as {@code latest}; then more numbers ({@code
   * 1.2.3} before {@code 1.2}), then the longer line; then alphabetical order. The first three look
   * at the shape of a tag alone, so the next build of the same thing, tagged the same way, is of
   * the same line.
   *
   * @throws IllegalArgumentException where there is no tag
   */
  public static String mostSpecific(Collection<String> tags) {
    return tags.stream()
        .min(
            Comparator.comparing(Specificity::of)
                .thenComparingInt(tag -> -of(tag).text().length())
                .thenComparing(tag -> of(tag).text())
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow(() -> new IllegalArgumentException("most specific of no tags"));
  }

  /** The line of a repository: {@code localhost:5001/team/web:*}, without a tag the repository. */
  public String of(String registry, String repository) {
    return registry + "/" + repository + (tagged ? ":" + text : "");
  }

  /**
   * The line of what a reference names, as {@link #of(String, String)} writes it; the reference
   * where it names no tag.
   *
   * @param reference {@code localhost:5001/team/web:1.2}
   */
  public static String ofReference(String reference) {
    int tag = reference.indexOf(':', reference.lastIndexOf('/') + 1);
    return tag < 0 || reference.indexOf('@') >= 0
        ? reference
        : reference.substring(0, tag + 1) + of(reference.substring(tag + 1));
  }

  @Override
  public int compareTo(TagLine other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return text;
  }

  /** How much the shape of a tag says of the build; the most specific is the least. */
  private record Specificity(int rank, int numbers) implements Comparable<Specificity> {
    static Specificity of(String tag) {
      int numbers = 0;
      boolean identified = false;
      for (TagWord word : TagWord.split(tag)) {
        numbers += word.kind() == TagWord.Kind.NUMBERED ? word.numbers() : 0;
        identified |= word.kind() == TagWord.Kind.IDENTIFIER;
      }
      return new Specificity(numbers > 0 ? 0 : identified ? 1 : 2, numbers);
    }

    @Override
    public int compareTo(Specificity other) {
      return rank == other.rank
          ? Integer.compare(other.numbers, numbers)
          : Integer.compare(rank, other.rank);
    }
  }
}
