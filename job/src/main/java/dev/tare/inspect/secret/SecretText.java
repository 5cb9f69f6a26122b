package dev.tare.inspect.secret;

import dev.tare.inspect.MaskedText;
import dev.tare.inspect.SecretNames;
import dev.tare.inspect.SecretShapes;
import dev.tare.inspect.content.ShellWords.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells what holds secrets, and takes their values out of texts and commands, so that what is left
 * still tells what was done, and that there was a secret. Masking what is masked changes nothing.
 * The texts are untrusted and long: all of this takes linear time.
 */
public final class SecretText {
  private static final Pattern ASSIGNED =
      Pattern.compile("(?<![A-Za-z0-9_.-])([A-Za-z_][A-Za-z0-9_.-]*+)=");

  private static final Pattern VALUE = Pattern.compile("\"[^\"]*+\"?|'[^']*+'?|[^\\s;&|)]*+");

  /** The value of a secret-looking name, and where it stands in a text. */
  private record Assignment(String name, int start, int end) {}

  /**
   * An instruction of a Dockerfile, whose values may hold blanks and whatever ends a shell's word,
   * and the values of build arguments: {@code |2 NAME=value NAME=value /bin/sh -c}.
   */
  private static final Pattern INSTRUCTION =
      Pattern.compile("^(?:/bin/sh -c )?(?:#\\(nop\\)\\s+)?(?:ENV|ARG|LABEL)\\s+|^\\|\\d+ ");

  private static final Pattern SETTING =
      Pattern.compile("(?<=\\s)([A-Za-z_][A-Za-z0-9_.-]*+)[= ]|(?<=\\s)/bin/(?:ba)?sh -");

  /** {@code CMD ["mysql", "-psecret"]}: brackets and commas end words. */
  private static final Pattern ARRAY = Pattern.compile("\\[\\s*\"");

  private static final Pattern BRACKETS = Pattern.compile("(?<=\")\\s*[\\],]|[\\[,](?=\\s*\")");

  private SecretText() {}

  /** Whether a variable of this name and value holds a secret, as far as its name tells. */
  public static boolean isSecret(String name, String value) {
    return SecretNames.isSecret(name, value);
  }

  /**
   * Whether a value is a secret whatever its name: a password in a URL, a token of a known form.
   */
  public static boolean holdsSecret(String value) {
    return SecretShapes.isHeldBy(value);
  }

  /** The text, a build step for example, without the values of secrets. */
  public static String masked(String text) {
    MaskedText masked = new MaskedText(text);
    assignments(text).forEach(found -> masked.mask(found.start(), found.end()));
    instruction(text, masked);
    SecretShapes.mask(text, masked);
    SecretArguments.mask(ARRAY.matcher(text).find() ? withoutBrackets(text) : text, masked);
    return masked.toString();
  }

  /** A command, word by word, without the values of secrets. */
  public static List<String> masked(List<String> command) {
    StringBuilder joined = new StringBuilder();
    List<Word> words = new ArrayList<>();
    for (String word : command) {
      int start = joined.length();
      joined.append(word);
      if (!word.isEmpty()) {
        words.add(new Word(word, start, joined.length()));
      }
      joined.append('\n');
    }
    MaskedText masked = new MaskedText(joined.toString());
    SecretArguments.mask(joined.toString(), words, masked);
    List<String> result = new ArrayList<>();
    int start = 0;
    for (String word : command) {
      result.add(masked(masked.part(start, start + word.length())));
      start += word.length() + 1;
    }
    return result;
  }

  /** {@code NAME=value} as it stands in an environment, without the value of a secret. */
  public static String maskedVariable(String variable) {
    int equals = variable.indexOf('=');
    if (equals < 0) {
      return variable;
    }
    return variable.substring(0, equals + 1)
        + maskedValue(variable.substring(0, equals), variable.substring(equals + 1));
  }

  /** The value of this name, without the secret that it is or holds. */
  public static String maskedValue(String name, String value) {
    return isSecret(name, value) ? MaskedText.MASK : masked(value);
  }

  private static List<Assignment> assignments(String text) {
    List<Assignment> found = new ArrayList<>();
    Matcher name = ASSIGNED.matcher(text);
    Matcher value = VALUE.matcher(text);
    int from = 0;
    while (name.find(from)) {
      from = name.end();
      if (SecretNames.isSecret(name.group(1), "x")
          && value.region(from, text.length()).lookingAt()
          && isSecret(name.group(1), value.group())) {
        found.add(new Assignment(name.group(1), value.start(), value.end()));
        from = value.end();
      }
    }
    return found;
  }

  private static void instruction(String text, MaskedText masked) {
    Matcher instruction = INSTRUCTION.matcher(text);
    if (!instruction.find()) {
      return;
    }
    Matcher setting = SETTING.matcher(text).region(instruction.end() - 1, text.length());
    setting.useTransparentBounds(true);
    int value = -1;
    boolean first = true;
    while (setting.find()) {
      String name = setting.group(1);
      boolean assigned = name != null && text.charAt(setting.end() - 1) == '=';
      if (!assigned && name != null && !first) {
        continue; // A word of a value.
      }
      if (value >= 0) {
        masked.mask(value, setting.start() - 1);
      }
      value = name != null && isSecret(name, "x") ? setting.end() : -1;
      first = false;
    }
    if (value >= 0) {
      masked.mask(value, text.length());
    }
  }

  private static String withoutBrackets(String text) {
    return BRACKETS.matcher(text).replaceAll(match -> " ".repeat(match.group().length()));
  }

  /** The names of secret-looking assignments with a value in a text, sorted. */
  public static Set<String> names(String text) {
    return assignments(text).stream()
        .map(Assignment::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
