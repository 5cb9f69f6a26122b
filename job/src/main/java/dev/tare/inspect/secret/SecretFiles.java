package dev.tare.inspect.secret;

import dev.tare.inspect.content.Suffixes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells files that hold a secret, by name and then by content, and keeps of them nothing but that
 * they do.
 */
public final class SecretFiles {
  private static final byte[] NOTHING = {};
  private static final byte[] PRIVATE_KEY = "private-key".getBytes(StandardCharsets.US_ASCII);

  /** Kept of a file that holds credentials. */
  static final byte[] CREDENTIALS = "credential-file".getBytes(StandardCharsets.US_ASCII);

  /** The header of PEM (RFC 7468) and of PuTTY keys; what the name of a public key never has. */
  private static final Pattern KEY_HEADER =
      Pattern.compile(
          "(?m)^-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----\\s*$|^PuTTY-User-Key-File-");

  private static final Suffixes KEYS =
      Suffixes.of(".pem", ".key", ".ppk", "_rsa", "_dsa", "_ecdsa", "_ed25519", ".p8", ".asc");

  private static final List<String> CERTIFICATES =
      List.of(
          "etc/ssl/certs",
          "usr/share/ca-certificates",
          "etc/pki/ca-trust",
          "etc/apk/keys",
          "usr/share/keyrings",
          "etc/apt/trusted.gpg.d");

  /** Where packages put what they bring. */
  private static final List<String> LIBRARIES = List.of("usr/lib/", "usr/share/", "usr/local/lib/");

  private static final List<String> INSTALLED =
      List.of("/site-packages/", "/dist-packages/", "node_modules/", "/gems/", "go/pkg/mod/");

  private static final Set<String> NOT_IN_USE =
      Set.of(
          "test",
          "tests",
          "testing",
          "testdata",
          "test-data",
          "__tests__",
          "spec",
          "fixtures",
          "example",
          "examples",
          "sample",
          "samples",
          "doc",
          "docs",
          "demo",
          "demos");

  /** {@code name:$6$salt$hash:}; an account that cannot log in has {@code *} or {@code !} there. */
  private static final Pattern PASSWORD_HASH =
      Pattern.compile("(?m)^[^:\\s]{1,64}:(?:\\$[0-9a-z]{1,9}\\$[^:]+|_?[./0-9A-Za-z]{13,19}):");

  /** {@code name::} */
  private static final Pattern EMPTY_PASSWORD = Pattern.compile("(?m)^([^:\\s]{1,64})::");

  /** What is kept of {@code etc/shadow} begins with it where a password is empty. */
  private static final String SHADOW = "shadow ";

  private SecretFiles() {}

  public static boolean isKeyName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return (lower.startsWith("id_") && !lower.endsWith(".pub"))
        || (lower.startsWith("ssh_host_") && lower.endsWith("_key"))
        || KEYS.fit(lower);
  }

  /**
   * Whether everybody can have the files of this directory: certificates and public keys of
   * distributions, and what libraries and packages bring to be tested with or as an example.
   */
  public static boolean isPublic(String directory) {
    return CERTIFICATES.stream().anyMatch(directory::startsWith)
        || (isOfLibrary(directory)
            && Arrays.stream(directory.split("/")).anyMatch(NOT_IN_USE::contains));
  }

  private static boolean isOfLibrary(String directory) {
    return LIBRARIES.stream().anyMatch(directory::startsWith)
        || INSTALLED.stream().anyMatch(directory::contains);
  }

  /** A mark where the content has the header of a private key, else nothing. */
  public static byte[] privateKeyMark(byte[] content) {
    return KEY_HEADER.matcher(new String(content, StandardCharsets.ISO_8859_1)).find()
        ? PRIVATE_KEY.clone()
        : NOTHING;
  }

  /**
   * A mark where an account of {@code etc/shadow} has a password that can be guessed at, and the
   * names of the accounts whose password is empty, a line each; nothing where there is neither.
   */
  public static byte[] shadowMark(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    boolean guessable = PASSWORD_HASH.matcher(text).find();
    List<String> empty =
        EMPTY_PASSWORD.matcher(text).results().map(account -> account.group(1)).toList();
    if (empty.isEmpty()) {
      return guessable ? CREDENTIALS.clone() : NOTHING;
    }
    String mark = guessable ? new String(CREDENTIALS, StandardCharsets.US_ASCII) : "";
    return (SHADOW + mark + "\n" + String.join("\n", empty) + "\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The accounts whose password is empty, of what {@link #shadowMark} kept. */
  public static Set<String> emptyPasswords(byte[] kept) {
    String text = new String(kept, StandardCharsets.ISO_8859_1);
    return text.startsWith(SHADOW)
        ? text.lines().skip(1).collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }

  /** The kind of secret that kept content marks; null where it is no mark. */
  public static @Nullable String kindOf(byte[] kept) {
    if (Arrays.equals(kept, PRIVATE_KEY)) {
      return "private-key";
    }
    return Arrays.equals(kept, CREDENTIALS) || isOfShadow(kept) ? "credential-file" : null;
  }

  private static boolean isOfShadow(byte[] kept) {
    byte[] mark =
        (SHADOW + new String(CREDENTIALS, StandardCharsets.US_ASCII) + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    return kept.length > mark.length && Arrays.equals(kept, 0, mark.length, mark, 0, mark.length);
  }
}
