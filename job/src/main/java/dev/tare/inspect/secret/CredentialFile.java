package dev.tare.inspect.secret;

import dev.tare.inspect.content.Suffixes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A file in which a program looks for its credentials, by its path, and what it holds when it holds
 * one and not just settings. A reference to a variable, {@code ${NPM_TOKEN}}, is none, nor is an
 * empty value or a comment. The contents are untrusted: no pattern may take more than linear time.
 *
 * @param path its end, which begins with a slash
 * @param comment what does not count
 * @param credential what does
 */
public record CredentialFile(String path, Pattern comment, Pattern credential) {
  private static final String HASH = "(?m)^[ \\t]*#.*$";
  private static final String HASH_OR_SEMICOLON = "(?m)^[ \\t]*[#;].*$";
  private static final String XML = "(?s)<!--(?:.*?-->|.*+)";
  private static final String NOTHING = "(?!)";

  /** A value of its own, after an optional quote: no reference, nor the end of the line. */
  private static final String VALUE = "[ \\t]*[\"']?(?!\\$\\{|\\$\\w|%\\()[^\\s\"'#]";

  private static final String USER_AND_PASSWORD = "://[^/\\s:@$]+:[^/\\s@$]+@";

  private static final List<CredentialFile> ALL =
      List.of(
          of(
              "/.docker/config.json",
              NOTHING,
              "\"(?:auth|password|identitytoken|registrytoken)\"\\s*:\\s*\"[^\"]"),
          of("/.aws/credentials", HASH, "aws_secret_access_key[ \\t]*=" + VALUE),
          of("/.npmrc", HASH_OR_SEMICOLON, "_(?:auth|authToken|password)[ \\t]*=" + VALUE),
          of("/etc/npmrc", HASH_OR_SEMICOLON, "_(?:auth|authToken|password)[ \\t]*=" + VALUE),
          of("/.yarnrc.yml", HASH, "npmAuth(?:Token|Ident)[\"']?[ \\t]*:" + VALUE),
          of("/.pypirc", HASH_OR_SEMICOLON, "^[ \\t]*password[ \\t]*[:=]" + VALUE),
          of("/.netrc", HASH, "\\bpassword\\s+[^\\s$]"),
          of("/.git-credentials", HASH, USER_AND_PASSWORD),
          of("/.pgpass", HASH, "^[^:\\s]+:[^:\\s]*:[^:\\s]*:[^:\\s]*:\\S"),
          of("/.my.cnf", HASH_OR_SEMICOLON, "^[ \\t]*password[ \\t]*=" + VALUE),
          of("/.kube/config", HASH, "\\b(?:client-key-data|token|password|refresh-token):" + VALUE),
          of("/.cargo/credentials", HASH, "^[ \\t]*token[ \\t]*=" + VALUE),
          of("/.cargo/credentials.toml", HASH, "^[ \\t]*token[ \\t]*=" + VALUE),
          of("/.gem/credentials", HASH, "^:?\\w+_api_key[ \\t]*:" + VALUE),
          of("/.m2/settings.xml", XML, "<(?:password|passphrase)>\\s*[^$<{\\s]"),
          of(
              "/.config/gcloud/application_default_credentials.json",
              NOTHING,
              "\"(?:private_key|refresh_token)\"\\s*:\\s*\"[^\"]"),
          of("/.config/gh/hosts.yml", HASH, "\\boauth_token:" + VALUE),
          of("/etc/pip.conf", HASH_OR_SEMICOLON, USER_AND_PASSWORD));

  private static final Suffixes PATHS =
      Suffixes.of(ALL.stream().map(CredentialFile::path).toArray(String[]::new));

  /** The names of directories in the paths. */
  private static final Set<String> DIRECTORIES =
      ALL.stream()
          .map(file -> file.path().substring(1).split("/", -1))
          .flatMap(parts -> Arrays.stream(parts).limit(parts.length - 1L))
          .collect(Collectors.toUnmodifiableSet());

  private static CredentialFile of(String path, String comment, String credential) {
    return new CredentialFile(
        path,
        Pattern.compile(comment),
        Pattern.compile(credential, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE));
  }

  /** The one at this path of a layer; null where none is looked for there. */
  public static @Nullable CredentialFile at(String path) {
    if (!PATHS.fitBelowRoot(path)) {
      return null;
    }
    String absolute = "/" + path;
    return ALL.stream().filter(file -> absolute.endsWith(file.path())).findFirst().orElseThrow();
  }

  /** Whether one may lie below this directory and be told by the directory's name. */
  static boolean isBelow(String directory) {
    return DIRECTORIES.contains(directory.substring(directory.lastIndexOf('/') + 1));
  }

  /** A mark where the content has a credential, else nothing. */
  public byte[] mark(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    boolean found = credential.matcher(comment.matcher(text).replaceAll("")).find();
    return found ? SecretFiles.CREDENTIALS.clone() : new byte[0];
  }
}
