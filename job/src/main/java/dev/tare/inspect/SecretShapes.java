package dev.tare.inspect;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets that are told by what they look like or what stands before them, whatever program they
 * are for. The texts are untrusted and long: no pattern may take more than linear time.
 */
public final class SecretShapes {
  /** The secret is the group {@code s}. */
  private static final List<Pattern> PATTERNS =
      List.of(
          // https://user:password@host; of a web address also a token alone.
          Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,20}://[^/\\s:@\"']*+:(?<s>[^/\\s\"']+)@"),
          Pattern.compile("(?i)\\bhttps?://(?<s>[^/\\s:@\"']++)@"),
          Pattern.compile(
              "(?i)[?&](?:sig|signature|x-(?:amz|goog)-(?:signature|credential|security-token)|key|auth|token)="
                  + "(?<s>[^&\\s\"'#]++)"),
          // Authorization: Bearer token
          Pattern.compile(
              "(?i)\\b(?:(?:proxy-)?authorization|x-jfrog-art-api|api-?key|[a-z0-9-]{1,40}-(?:token|api-?key|secret))"
                  + "\\\\?:(?:\\\\? )*+(?:(?:bearer|basic|token|apikey|negotiate|digest)(?:\\\\? )++)?(?<s>[^\\s\"'\\\\]++)"),
          // {"password": "value"}, also where a shell's quotes are escaped
          Pattern.compile(
              "(?i)\\\\?\"[a-z0-9_.:/-]{0,60}(?:password|passwd|passphrase|secret|token|api_?key|secret_?key|access_?key"
                  + "|private_?key|auth|pwd)\\\\?\"\\s*+:\\s*+\\\\?\"(?<s>[^\"\\\\]++)"),
          // machine example.com login ann password value
          Pattern.compile("\\blogin\\s++\\S++\\s++password\\s++(?<s>[^\\s\"']++)"),
          // ALTER USER ann PASSWORD 'value', IDENTIFIED BY 'value'
          Pattern.compile(
              "(?i)\\b(?:identified\\s++(?:with\\s++\\S++\\s++)?by|password)\\s++\\\\?'(?<s>[^'\\\\]++)"),
          Pattern.compile("\\bpass:(?<s>[^\\s\"']++)"),
          // Tokens keep their beginning, which tells what to revoke.
          Pattern.compile(
              "\\b(?:gh[pousr]_|github_pat_|gl[a-z]{2,6}-|xox[abeoprs]-|xapp-|npm_|pypi-|rubygems_|dckr_pat_|dop_v1_|hf_"
                  + "|shpat_|sk_live_|sk-|AIza|SG\\.)(?<s>[A-Za-z0-9_.-]{20,}+)"),
          Pattern.compile("\\bxox[abeoprs]-(?<s>[A-Za-z0-9-]{10,}+)"),
          Pattern.compile("\\b(?:AKIA|ASIA)(?<s>[A-Z0-9]{16})\\b"),
          Pattern.compile("hooks\\.slack\\.com/(?:services|workflows)/(?<s>[A-Za-z0-9/_-]++)"),
          Pattern.compile(
              "\\b(?<s>eyJ[A-Za-z0-9_-]{10,2000}+\\.[A-Za-z0-9_-]{10,2000}+\\.[A-Za-z0-9_-]++)"));

  private static final Pattern KEY_BLOCK =
      Pattern.compile("-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----");

  /** A password in an address, a token of a known form, or what masking left of them. */
  private static final Pattern HELD =
      Pattern.compile(
          "[A-Za-z][A-Za-z0-9+.-]{0,20}://[^/\\s:@\"']*+:[^/\\s@\"'$]++@"
              + "|\\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|npm_)(?:\\*\\*\\*|[A-Za-z0-9_-]{20,}+)"
              + "|\\bAKIA(?:\\*\\*\\*|[A-Z0-9]{16})"
              + "|\\beyJ[A-Za-z0-9_-]{10,2000}+\\.[A-Za-z0-9_-]{10,2000}+\\.[A-Za-z0-9_-]++|^\\*\\*\\*$");

  /** Base64 of something that begins with a brace and a quote, or with the dashes of a key. */
  private static final Pattern ENCODED =
      Pattern.compile("\\b(?:eyJ|eyAi|ewog|ewoJ|LS0tLS1CRUdJT)[A-Za-z0-9+/_-]{12,}+={0,2}");

  private SecretShapes() {}

  /** Masks what looks like a secret, plain or in base64. */
  public static void mask(String text, MaskedText masked) {
    maskPlain(text, masked);
    Matcher encoded = ENCODED.matcher(text);
    while (encoded.find()) {
      if (isSecret(decoded(encoded.group()))) {
        masked.mask(encoded.start(), encoded.end());
      }
    }
  }

  private static void maskPlain(String text, MaskedText masked) {
    for (Pattern pattern : PATTERNS) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        masked.mask(matcher.start("s"), matcher.end("s"));
      }
    }
    Matcher key = KEY_BLOCK.matcher(text);
    for (int from = 0; key.find(from); ) {
      int end = text.indexOf("-----END", key.end());
      from = end < 0 ? text.length() : end;
      masked.mask(key.end(), from);
    }
  }

  private static boolean isSecret(String decoded) {
    MaskedText masked = new MaskedText(decoded);
    maskPlain(decoded, masked);
    return !masked.toString().equals(decoded);
  }

  private static String decoded(String encoded) {
    String usual = encoded.replace('-', '+').replace('_', '/').replace("=", "");
    // A last character alone holds no byte.
    String whole = usual.substring(0, usual.length() - (usual.length() % 4 == 1 ? 1 : 0));
    return new String(Base64.getDecoder().decode(whole), StandardCharsets.ISO_8859_1);
  }

  /** Whether a value is a secret whatever its name, also where it is masked already. */
  public static boolean isHeldBy(String value) {
    return HELD.matcher(value).find();
  }
}
