package dev.tare.inspect.config;

import dev.tare.facts.Fact;
import dev.tare.inspect.ImageFacts;
import dev.tare.inspect.program.Programs;
import dev.tare.inspect.secret.SecretFiles;
import dev.tare.inspect.tree.Gaps;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.inspect.tree.LinkTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads etc/passwd, {@code name:password:uid:gid:comment:home:shell}, and which passwords are empty
 * there or, where {@code x} stands for them, in etc/shadow.
 */
public final class AccountReader {
  static final String PATH = "etc/passwd";

  /** Stands for a password that is in etc/shadow. */
  private static final String IN_SHADOW = "x";

  /** As gaps have it, through whatever links it is found. */
  private static final String WRITTEN_SHADOW = "/" + ShadowFiles.PATH;

  private static final Set<String> NO_LOGIN =
      Set.of("nologin", "false", "true", "sync", "shutdown", "halt", "git-shell");

  private final LinkTable links;
  private final Programs programs;
  private final KeptFiles kept;
  private final Gaps gaps;
  private final int limit;

  public AccountReader(LinkTable links, Programs programs, KeptFiles kept, Gaps gaps, int limit) {
    this.links = links;
    this.programs = programs;
    this.kept = kept;
    this.gaps = gaps;
    this.limit = limit;
  }

  /**
   * The accounts, and whether the configured user is one of them.
   *
   * @param configured user or {@code user:group}, as the config has it
   */
  public ImageFacts.Accounts read(@Nullable String configured) {
    KeptFiles.Version file = kept.visibleAt(PATH);
    @Nullable Set<String> withoutPassword = withoutPassword();
    List<ImageFacts.User> users = new ArrayList<>();
    if (file != null) {
      for (String line : new String(file.content(), StandardCharsets.UTF_8).lines().toList()) {
        ImageFacts.User user = user(line, withoutPassword);
        if (user != null && users.size() < limit) {
          users.add(user);
        } else if (user != null) {
          gaps.add(
              Fact.ACCOUNTS,
              "/" + PATH,
              file.layer(),
              "more accounts than the limit of " + limit + " (accounts)");
          break;
        } else if (!line.isBlank() && !line.startsWith("#")) {
          gaps.add(Fact.ACCOUNTS, "/" + PATH, file.layer(), "a line that names no account");
        }
      }
    }
    return new ImageFacts.Accounts(users, resolves(configured, users));
  }

  private ImageFacts.@Nullable User user(String line, @Nullable Set<String> withoutPassword) {
    String[] fields = line.split(":", -1);
    if (fields.length != 7 || !isId(fields[2]) || !isId(fields[3]) || fields[0].isEmpty()) {
      return null;
    }
    String shell = fields[6].strip();
    return new ImageFacts.User(
        fields[0],
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]),
        shell.isEmpty() ? null : shell,
        isLogin(shell.isEmpty() ? "/bin/sh" : shell),
        hasEmptyPassword(fields[0], fields[1], withoutPassword));
  }

  private static @Nullable Boolean hasEmptyPassword(
      String name, String password, @Nullable Set<String> withoutPassword) {
    if (!password.equals(IN_SHADOW)) {
      return password.isEmpty();
    }
    return withoutPassword == null ? null : Boolean.valueOf(withoutPassword.contains(name));
  }

  /** The accounts of etc/shadow whose password is empty; null where it could not be read. */
  private @Nullable Set<String> withoutPassword() {
    KeptFiles.Version file = kept.visibleAt(ShadowFiles.PATH);
    if (file != null) {
      return SecretFiles.emptyPasswords(file.content());
    }
    return gaps.all().stream().anyMatch(AccountReader::mayHideShadow) ? null : Set.of();
  }

  /** Whether the file may be there all the same: also where not all gaps are listed. */
  private static boolean mayHideShadow(ImageFacts.Gap gap) {
    return gap.fact() == Fact.LAYERS
        || WRITTEN_SHADOW.equals(gap.path())
        || (gap.fact() == Fact.SECRETS && gap.path() == null);
  }

  private boolean isLogin(String shell) {
    return !NO_LOGIN.contains(shell.substring(shell.lastIndexOf('/') + 1))
        && programs.at(links.resolve(shell)) != null;
  }

  static boolean isId(String text) {
    return !text.isEmpty()
        && text.length() <= 10
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static @Nullable Boolean resolves(
      @Nullable String configured, List<ImageFacts.User> users) {
    if (configured == null) {
      return null;
    }
    int colon = configured.indexOf(':');
    String name = colon < 0 ? configured : configured.substring(0, colon);
    return isId(name) || users.stream().anyMatch(user -> user.name().equals(name));
  }
}
