package dev.tare.inspect;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells names that stand for secrets, and takes values of secrets out of text. The texts are
 * untrusted and long: no pattern may take more than linear time.
 */
final class SecretText {
  private static final String MASK = "***";

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i)(?:.*[_.-])?(?:password|passwd|passphrase|pwd|pass|secret|secrets|token|api_?key|access_?key(?:_?id)?"
              + "|secret_?key|private_?key|encryption_?key|signing_?key|credentials?|pat)(?:[_.-](?:id|base64|b64|value|\\d+))?"
              + "|(?i)[a-z0-9]*(?:password|secret|apikey|authtoken|accesstoken)");

  private static final Set<String> NO_SECRETS = Set.of("PWD", "OLDPWD", "SSH_PASS", "GPG_PASS");

  private static final Pattern HARMLESS_VALUE =
      Pattern.compile("(?i)|true|false|yes|no|on|off|0|1|none|null|\\$\\{?\\w+\\}?|/\\S*");

  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?<![A-Za-z0-9_.-])([A-Za-z_][A-Za-z0-9_.-]*+)=(\"[^\"]*\"?|'[^']*'?|[^\\s;&|)]*)");

  private static final Pattern OPTION =
      Pattern.compile(
          "(?i)(--?(?:password|passwd|pass|token|secret|api-?key|auth-?token|access-?token|client-secret))([= ]\\s*)"
              + "(\"[^\"]*\"?|'[^']*'?|[^\\s;&|)]+)");

  private static final Pattern URL_CREDENTIALS =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,20}://)([^/\\s@\"']+)@");

  /** A user alone, {@code ssh://git@host}, is no secret. */
  private static final Pattern URL_PASSWORD =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,20}://[^/\\s:@\"']*+:[^/\\s@\"'$]++@");

  private static final Pattern HEADER =
      Pattern.compile(
          "(?i)((?:authorization|private-token|x-api-key|job-token)\\s*:\\s*)(?:(bearer|basic|token)\\s+)?[^\\s\"']+");

  private static final Pattern KNOWN_TOKEN =
      Pattern.compile(
          "\\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{20,}|AKIA[A-Z0-9]{16}"
              + "|xox[abprs]-[A-Za-z0-9-]{10,}|npm_[A-Za-z0-9]{30,}|eyJ[A-Za-z0-9_-]{10,2000}\\.[A-Za-z0-9_-]{10,2000}\\.[A-Za-z0-9_-]+)");

  private SecretText() {}

  /** Whether a variable of this name and value holds a secret, as far as its name tells. */
  static boolean isSecret(String name, String value) {
    return !NO_SECRETS.contains(name)
        && SECRET_NAME.matcher(name).matches()
        && !HARMLESS_VALUE.matcher(unquoted(value)).matches();
  }

  /**
   * Whether a value is a secret whatever its name: a password in a URL, a token of a known form.
   */
  static boolean holdsSecret(String value) {
    return URL_PASSWORD.matcher(value).find() || KNOWN_TOKEN.matcher(value).find();
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** The text without values of secret-looking assignments, options, URLs, headers and tokens. */
  static String masked(String text) {
    String result =
        ASSIGNMENT
            .matcher(text)
            .replaceAll(match ->
                Matcher.quoteReplacement(
                    isSecret(match.group(1), match.group(2))
                        ? match.group(1) + "=" + MASK
                        : match.group()));
    result = OPTION.matcher(result).replaceAll("$1$2" + MASK);
    result =
        URL_CREDENTIALS
            .matcher(result)
            .replaceAll(match -> Matcher.quoteReplacement(match.group(1) + MASK + "@"));
    result = HEADER.matcher(result).replaceAll("$1" + MASK);
    return KNOWN_TOKEN.matcher(result).replaceAll(MASK);
  }

  /** The names of secret-looking assignments with a value in a text, sorted. */
  static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = ASSIGNMENT.matcher(text);
    while (matcher.find()) {
      if (isSecret(matcher.group(1), matcher.group(2))) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }
}
