package dev.tare.ticket.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Prose of policies as Markdown: words as they are, commands and everything else that is not a
 * plain word as code. A command goes from its first word to the end of its part of the sentence.
 *
 * <pre>
 * Start it directly (ENTRYPOINT ["/app"]), or debug: kubectl debug -it POD --image=busybox.
 * Start it directly (`ENTRYPOINT ["/app"]`), or debug: `kubectl debug -it POD --image=busybox`.
 * </pre>
 */
final class Prose {
  /** Words without anything that a tracker could take for more. */
  private static final Pattern PLAIN =
      Pattern.compile("\\p{L}+(?:['’-]\\p{L}+)*|\\p{Nd}+(?:[.,]\\p{Nd}+)*%?");

  private static final Pattern DASH = Pattern.compile("[–—]");

  /** What begins a list where it begins a line. */
  private static final Pattern ENUMERATION = Pattern.compile("\\p{Nd}+[.)]+");

  private static final Pattern COMMAND =
      Pattern.compile(
          "FROM|RUN|COPY|ADD|USER|ENTRYPOINT|CMD|HEALTHCHECK|ENV|ARG|LABEL|WORKDIR|EXPOSE|VOLUME"
              + "|docker|podman|kubectl|tare|apt-get|apk|dnf|microdnf|pip|npm");

  /** Words that no command goes on with. */
  private static final Set<String> AFTER_COMMANDS =
      Set.of(
          "and", "or", "instead", "for", "in", "with", "on", "as", "where", "then", "is", "are",
          "not", "by", "of", "to", "says", "that", "which", "when", "while");

  private final StringBuilder text = new StringBuilder();

  /** Words of the code span that is being put together, and what stands before it. */
  private final List<String> code = new ArrayList<>();

  private String before = "";
  private boolean inCommand;

  private Prose() {}

  /**
   * As Markdown, for any place inside a line.
   *
   * @param line without characters that do not show
   */
  static String markdown(String line) {
    Prose prose = new Prose();
    for (String word : line.split(" ", -1)) {
      if (!word.isEmpty()) {
        prose.add(word);
      }
    }
    prose.endCode("");
    return prose.text.toString();
  }

  private void add(String word) {
    if (inCommand && AFTER_COMMANDS.contains(word)) {
      endCode("");
    }
    int start = code.isEmpty() && "(\"“".indexOf(word.charAt(0)) >= 0 ? 1 : 0;
    int end = end(word, start);
    String middle = word.substring(start, end);
    boolean command = code.isEmpty() && COMMAND.matcher(middle).matches();
    if (!inCommand && !command && isPlain(middle, word)) {
      endCode("");
      append(word);
      return;
    }
    if (code.isEmpty()) {
      before = word.substring(0, start);
      inCommand = command;
    }
    code.add(middle);
    if (end < word.length()) {
      endCode(word.substring(end));
    }
  }

  /** Where the punctuation behind a word begins; what closes its own brackets is no such thing. */
  private int end(String word, int start) {
    int end = word.length();
    while (end > start + 1 && isPunctuation(word.charAt(end - 1), word.substring(start, end))) {
      end--;
    }
    return end;
  }

  private boolean isPunctuation(char last, String word) {
    int open = code.stream().mapToInt(Prose::brackets).sum() + brackets(word);
    return switch (last) {
      case '.', ',', ';', ':', '!', '?' -> open <= 0;
      case ')' -> open < 0;
      case '"', '”' -> word.chars().filter(one -> one == last).count() == 1;
      default -> false;
    };
  }

  /** How many brackets a word opens and does not close. */
  private static int brackets(String word) {
    int open = 0;
    for (int at = 0; at < word.length(); at++) {
      open += "([{".indexOf(word.charAt(at)) >= 0 ? 1 : 0;
      open -= ")]}".indexOf(word.charAt(at)) >= 0 ? 1 : 0;
    }
    return open;
  }

  private boolean isPlain(String middle, String word) {
    boolean first = text.isEmpty() && code.isEmpty();
    return (PLAIN.matcher(middle).matches() && !(first && ENUMERATION.matcher(word).matches()))
        || (!first && DASH.matcher(middle).matches());
  }

  private void append(String words) {
    text.append(text.isEmpty() ? "" : " ").append(words);
  }

  private void endCode(String after) {
    if (!code.isEmpty()) {
      append(before + MarkdownText.code(String.join(" ", code), Integer.MAX_VALUE) + after);
      code.clear();
    }
    inCommand = false;
  }
}
