package dev.tare.inspect;

import java.util.Set;
import java.util.regex.Pattern;

/** Tells names that stand for secrets, and values that give none away. */
public final class SecretNames {
  private static final String NAME =
      "(?:password|passwd|passphrase|pwd|pass|secret|secrets|token|api_?key|access_?key(?:_?id)?|account_?key"
          + "|secret_?key|private_?key|encryption_?key|signing_?key|license_?key|credentials?|pat|auth_?token"
          + "|sshpass|rediscli_?auth)(?:[_.-](?:id|base64|b64|value|\\d+))?";

  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?i)(?:.*[_.-])?"
              + NAME
              + "|(?i)(?:.*[_.-])?[a-z0-9]*(?:password|secret|apikey|authtoken|accesstoken)|_auth");

  private static final Pattern OPTION =
      Pattern.compile(
          "(?i)(?:.*[_.:-])?(?:password|passwd|passphrase|pass|pwd|secret|token|pat|api-?key|access-?key|account-?key"
              + "|secret-?key|encryption-?key|license-?key|storepass|keypass|oauth2-bearer|secret-string)"
              + "|(?i)[a-z0-9.]*(?:password|apikey|authtoken|accesstoken)");

  /** {@code --disabled-password}, {@code --no-password}: no value follows. */
  private static final Pattern SWITCH =
      Pattern.compile(
          "(?i)(?:no|disabled?|without|skip|allow|ignore|empty|prompt|ask|force|generate|show|hide|enable|reset|change)"
              + "[-_].*");

  private static final Set<String> NO_SECRETS = Set.of("PWD", "OLDPWD", "SSH_PASS", "GPG_PASS");

  /** Also what a shell or a build puts in, which is no value yet, and a path to the secret. */
  private static final Pattern HARMLESS_VALUE =
      Pattern.compile(
          "(?i)|true|false|yes|no|on|off|0|1|none|null|\\$\\{?\\w+\\}?|\\$\\{\\w+:?[-?]\\}|\\$|\\$\\(.*|`.*|/\\S*",
          Pattern.DOTALL);

  /** {@code pass=1.7.4-5} is a package. */
  private static final Pattern VERSION = Pattern.compile("\\d+[.:][\\w.+~:-]*");

  private static final Pattern PACKAGE = Pattern.compile("[a-z0-9-]+");

  private SecretNames() {}

  /** Whether a variable of this name and value holds a secret, as far as its name tells. */
  public static boolean isSecret(String name, String value) {
    return !NO_SECRETS.contains(name)
        && VARIABLE.matcher(name).matches()
        && !isVersion(name, value)
        && !isHarmless(value);
  }

  private static boolean isVersion(String name, String value) {
    return value.startsWith("=")
        || (PACKAGE.matcher(name).matches() && VERSION.matcher(value).matches());
  }

  /** Whether an option, without its dashes, is followed by a secret. */
  public static boolean isOption(String name) {
    return OPTION.matcher(name).matches() && !SWITCH.matcher(name).matches();
  }

  static boolean isHarmless(String value) {
    return HARMLESS_VALUE.matcher(unquoted(value)).matches();
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
