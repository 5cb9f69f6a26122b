package dev.tare.inspect.secret;

import dev.tare.inspect.MaskedText;
import dev.tare.inspect.SecretNames;
import dev.tare.inspect.content.ShellWords;
import dev.tare.inspect.content.ShellWords.Command;
import dev.tare.inspect.content.ShellWords.Word;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Secrets among the arguments of programs: {@code curl -u user:password}, {@code mysql -ppassword},
 * {@code echo user:password | chpasswd}. Which word is one differs from program to program: {@code
 * -p} is a password of mysql, a port of docker and a directory of mkdir.
 */
public final class SecretArguments {
  /**
   * An option that takes a secret.
   *
   * @param letter of {@code -p}
   * @param apart whether the secret may be the next word too, {@code -p secret}
   * @param after what stands between the user and the secret; {@link #ALL} where there is no user
   */
  private record Option(char letter, boolean apart, char after) {}

  /** Instead of what stands before a secret, where nothing does. */
  private static final char ALL = 0;

  private static final Map<String, List<Option>> OPTIONS = new HashMap<>();

  static {
    options(
        "mysql mysqldump mysqladmin mysqlimport mysqlshow mysqlcheck mysqlslap mysqlsh mysql_upgrade mariadb"
            + " mariadb-dump mariadb-admin mariadb-import mariadb-check mycli 7z 7za 7zr rar unrar",
        new Option('p', false, ALL));
    options(
        "sshpass mongo mongosh mongodump mongorestore mongoexport mongoimport cqlsh twine useradd usermod groupadd",
        new Option('p', true, ALL));
    options("sqlcmd bcp zip unzip", new Option('P', true, ALL));
    options("redis-cli", new Option('a', true, ALL));
    options(
        "ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami ldappasswd",
        new Option('w', true, ALL));
    options("slappasswd ldappasswd", new Option('s', true, ALL));
    options("http https", new Option('a', true, ':'));
    options("curl", new Option('u', true, ':'), new Option('U', true, ':'));
    options("smbclient rpcclient net", new Option('U', true, '%'));
    options("lftp", new Option('u', true, ','));
  }

  private static final Option LOGIN = new Option('p', true, ALL);

  /** Options of curl that take what follows them in one word: {@code -sSfLouser} is a file. */
  private static final String CURL_VALUES = "AbcCdDeEFHKmoPQrtTwxXyYz";

  /** {@code --user ann:secret}; of other programs a user and group, or a user alone. */
  private static final Set<String> CURL_USERS = Set.of("user", "proxy-user", "cert", "proxy-cert");

  /** {@code --src-creds ann:secret} of skopeo, {@code --from-literal=name=secret} of kubectl. */
  private static final Pattern PAIR = Pattern.compile("(?:src-|dest-)?creds|auth|from-literal");

  /** {@code --secret id=token,src=/x} of a build names a secret, and is none. */
  private static final Pattern BUILD_SECRET = Pattern.compile("(?:id|type|src|source|env)=.*");

  private static final Set<String> PACKAGE_MANAGERS =
      Set.of("apt", "apt-get", "apk", "dnf", "microdnf", "yum", "zypper");

  /** What reads a password from its standard input. */
  private static final Set<String> READERS =
      Set.of("chpasswd", "passwd", "smbpasswd", "vncpasswd", "cryptsetup", "mkpasswd");

  private static final Set<String> READING_OPTIONS =
      Set.of(
          "--password-stdin",
          "--with-token",
          "--passphrase-fd",
          "-stdin",
          "--stdin",
          "--token-stdin");

  /** Files that hold secrets: what is written into them is one. */
  private static final Pattern SECRET_FILE =
      Pattern.compile(
          "(?i).*(?:password|secret|token|credential|api_?key|\\.pgpass|\\.netrc|\\.vault[_-]pass|id_(?:rsa|dsa|ecdsa"
              + "|ed25519)|htpasswd|/etc/shadow)[^/]*|.*\\.key");

  private static final int MAX_NESTED = 4;

  private final String text;
  private final MaskedText masked;

  private SecretArguments(String text, MaskedText masked) {
    this.text = text;
    this.masked = masked;
  }

  private static void options(String programs, Option... options) {
    for (String program : programs.split(" ", -1)) {
      OPTIONS.merge(
          program,
          List.of(options),
          (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
    }
  }

  /** Masks the secrets in the text of a shell. */
  public static void mask(String text, MaskedText masked) {
    new SecretArguments(text, masked).shell(0, text.length(), 0);
  }

  /** Masks the secrets in one command, whose words are somewhere in a text. */
  public static void mask(String text, List<Word> words, MaskedText masked) {
    SecretArguments arguments = new SecretArguments(text, masked);
    arguments.command(new Command(words, false), 0);
  }

  private void shell(int start, int end, int depth) {
    List<Command> commands = ShellWords.commands(text, start, end);
    boolean read = false; // whether a command further on in the pipe reads a password
    for (int i = commands.size() - 1; i >= 0; i--) {
      Command command = commands.get(i);
      read = command.piped() && read;
      if (read && says(command)) {
        said(command);
      }
      read = read || isReader(command);
    }
    for (int i = 0; i < commands.size(); i++) {
      command(commands.get(i), depth);
      if (isReader(commands.get(i))) {
        i = document(commands, i);
      }
    }
  }

  private void command(Command command, int depth) {
    List<Word> words = command.words();
    boolean installs = words.stream().anyMatch(word -> PACKAGE_MANAGERS.contains(name(word)));
    boolean reads = isReader(command);
    Set<String> before = new HashSet<>();
    Set<Option> options = new LinkedHashSet<>();
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      Word next = i + 1 < words.size() ? words.get(i + 1) : null;
      nested(word, depth);
      longOption(word, next, before, installs);
      if (before.contains("login")) {
        option(LOGIN, word, next, false);
      }
      for (Option option : options) {
        option(option, word, next, before.contains("curl"));
      }
      if (i > 0) {
        setting(words, i, before);
      }
      if (reads && next != null && word.text().equals("<<<")) {
        password(next);
      }
      String name = name(word);
      if (!installs && before.add(name)) {
        options.addAll(OPTIONS.getOrDefault(name, List.of()));
        operands(name, words.subList(i + 1, words.size()));
      }
      before.add(name);
    }
    if (says(command) && writesSecretFile(words)) {
      said(command);
    }
  }

  /** The text of a shell in quotes: {@code sh -c "mysql -psecret"}. */
  private void nested(Word word, int depth) {
    if (depth < MAX_NESTED && word.text().indexOf(' ') >= 0) {
      int quotes = isQuote(text.charAt(word.start())) && word.end() - word.start() > 1 ? 1 : 0;
      if (quotes > 0 || depth == 0) {
        shell(word.start() + quotes, word.end() - quotes, depth + 1);
      }
    }
  }

  private void longOption(Word given, @Nullable Word next, Set<String> before, boolean installs) {
    String word = given.text();
    if (!word.startsWith("-") || word.length() < 3) {
      return;
    }
    int equals = word.indexOf('=');
    String name = (equals < 0 ? word : word.substring(0, equals)).replaceFirst("^-+", "");
    boolean property = !word.startsWith("--") && (name.startsWith("D") || name.startsWith("P"));
    char after;
    if (PAIR.matcher(name).matches() || (CURL_USERS.contains(name) && before.contains("curl"))) {
      after = name.equals("from-literal") ? '=' : ':';
    } else if (SecretNames.isOption(name)
        || (property && equals > 0 && SecretNames.isSecret(name.substring(1), "x"))
        || ((name.equals("value") || name.equals("body")) && before.contains("secret"))) {
      after = ALL;
    } else {
      return;
    }
    if (equals > 0) {
      mask(given, equals + 1, after);
    } else if (next != null
        && !installs
        && !next.text().startsWith("-")
        && !BUILD_SECRET.matcher(next.text()).matches()) {
      mask(next, 0, after);
    }
  }

  private void operands(String name, List<Word> arguments) {
    switch (name) {
      case "htpasswd" -> htpasswd(arguments);
      case "openssl" -> openssl(arguments);
      case "mkpasswd" -> positional(arguments, 0, 1);
      case "mysqladmin" -> behind(arguments, "password", 0);
      case "vault", "cargo" -> behind(arguments, "login", 0);
      case "snyk" -> behind(arguments, "auth", 0);
      case "rabbitmqctl" -> {
        behind(arguments, "add_user", 1);
        behind(arguments, "change_password", 1);
        behind(arguments, "authenticate_user", 1);
      }
      default -> {}
    }
  }

  private void option(Option option, Word word, @Nullable Word next, boolean grouped) {
    String written = word.text();
    if (!written.startsWith("-") || written.startsWith("--")) {
      return;
    }
    int at =
        grouped
            ? inGroup(written, option.letter())
            : written.indexOf(option.letter()) == 1 ? 1 : -1;
    if (at < 0) {
      return;
    }
    if (at + 1 < written.length()) {
      mask(word, written.charAt(at + 1) == '=' ? at + 2 : at + 1, option.after());
    } else if (option.apart() && next != null) {
      mask(next, 0, option.after());
    }
  }

  /** Where a letter is the option of a group, {@code -fsSLu}; -1 where it is not. */
  private static int inGroup(String written, char letter) {
    for (int i = 1; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == letter) {
        return i;
      }
      if (CURL_VALUES.indexOf(c) >= 0 || c == 'u' || c == 'U') {
        return -1;
      }
    }
    return -1;
  }

  /**
   * {@code npm config set //host/:_authToken secret}, {@code composer config http-basic.host user
   * secret}.
   */
  private void setting(List<Word> words, int at, Set<String> before) {
    String word = words.get(at).text();
    boolean sets =
        before.contains("config") || before.contains("configure") || before.contains("set");
    if (!sets || word.startsWith("-") || at + 1 >= words.size()) {
      return;
    }
    String key = word.substring(Math.max(word.lastIndexOf(':'), word.lastIndexOf('/')) + 1);
    boolean basic = word.startsWith("http-basic.");
    boolean token =
        word.startsWith("pypi-token.")
            || word.startsWith("bearer.")
            || word.contains("-oauth.")
            || word.contains("-token.");
    int value = basic ? at + 2 : at + 1;
    if ((basic || token || SecretNames.isSecret(key, "x")) && value < words.size()) {
      mask(words.get(value), 0, ALL);
    }
  }

  private void htpasswd(List<Word> arguments) {
    boolean inCommand = false;
    int names = 2; // file and user; with -n only the user
    for (Word word : arguments) {
      if (word.text().startsWith("-")) {
        inCommand |= word.text().indexOf('b') > 0;
        names = word.text().indexOf('n') > 0 ? 1 : names;
      }
    }
    if (inCommand) {
      positional(arguments, names, 1);
    }
  }

  private void openssl(List<Word> arguments) {
    if (arguments.isEmpty()) {
      return;
    }
    String command = arguments.getFirst().text();
    if (command.equals("passwd")) {
      for (int i = 1; i < arguments.size(); i++) {
        String before = arguments.get(i - 1).text();
        if (!arguments.get(i).text().startsWith("-")
            && !before.equals("-salt")
            && !before.equals("-in")) {
          mask(arguments.get(i), 0, ALL);
        }
      }
    } else if (command.equals("enc") || command.startsWith("aes")) {
      for (int i = 1; i + 1 < arguments.size(); i++) {
        if (arguments.get(i).text().equalsIgnoreCase("-k")) {
          mask(arguments.get(i + 1), 0, ALL);
        }
      }
    }
  }

  private void behind(List<Word> arguments, String word, int skipped) {
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).text().equals(word)) {
        positional(arguments.subList(i + 1, arguments.size()), skipped, 1);
        return;
      }
    }
  }

  private void positional(List<Word> arguments, int skipped, int count) {
    int seen = 0;
    for (Word word : arguments) {
      if (!word.text().startsWith("-")) {
        if (seen >= skipped && seen < skipped + count) {
          mask(word, 0, ALL);
        }
        seen++;
      }
    }
  }

  private static boolean says(Command command) {
    return command.words().stream().anyMatch(is("echo").or(is("printf")));
  }

  private void said(Command command) {
    boolean said = false;
    for (Word word : command.words()) {
      if (said && word.text().matches("[0-9]?>.*")) {
        return;
      }
      if (said && !word.text().startsWith("-") && !word.text().matches("(?:%[a-z]|\\\\n|:|\\s)+")) {
        password(word);
      }
      said |= name(word).equals("echo") || name(word).equals("printf");
    }
  }

  /** A password, or what {@code chpasswd} reads: {@code user:password}. */
  private void password(Word word) {
    int colon = text.indexOf(':', word.start(), word.end());
    boolean pair = colon >= 0 && word.text().matches("(?s)[\\w.-]{1,32}:.*");
    if (pair) {
      mask(word, 0, ':');
    } else {
      mask(word, 0, ALL);
    }
  }

  /** Masks what stands between {@code <<EOF} and {@code EOF}; returns the last command of it. */
  private int document(List<Command> commands, int reader) {
    String end = null;
    for (Word word : commands.get(reader).words()) {
      if (word.text().startsWith("<<") && !word.text().startsWith("<<<")) {
        end = word.text().replaceFirst("^<<-?", "");
      }
    }
    int last = reader;
    if (end != null && !end.isEmpty()) {
      while (last + 1 < commands.size()
          && !commands.get(last + 1).words().getFirst().text().equals(end)) {
        last++;
        commands.get(last).words().forEach(this::password);
      }
    }
    return last;
  }

  private static boolean isReader(Command command) {
    boolean sudo = command.words().stream().anyMatch(is("sudo"));
    return command.words().stream()
        .anyMatch(word ->
            READERS.contains(name(word))
                || READING_OPTIONS.contains(word.text())
                || (sudo && word.text().equals("-S")));
  }

  private static boolean writesSecretFile(List<Word> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i).text();
      if (word.startsWith(">")) {
        String attached = word.replaceFirst("^>+", "");
        String file =
            attached.isEmpty() && i + 1 < words.size() ? words.get(i + 1).text() : attached;
        return SECRET_FILE.matcher(file).matches();
      }
    }
    return false;
  }

  /** The name of a program without its directory, and without what an array in JSON leaves. */
  private static String name(Word word) {
    String written = word.text();
    return written.substring(written.lastIndexOf('/') + 1);
  }

  private static Predicate<Word> is(String name) {
    return word -> name(word).equals(name);
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  /**
   * Masks a word from one of its characters on.
   *
   * @param after masks only what stands behind the first of this character; nothing where there is
   *     none
   */
  private void mask(Word word, int offset, char after) {
    boolean quoted =
        isQuote(text.charAt(word.start()))
            && word.end() - word.start() > 1
            && text.charAt(word.end() - 1) == text.charAt(word.start());
    int start = word.start() + offset + (quoted ? 1 : 0);
    int end = word.end() - (quoted ? 1 : 0);
    if (after != ALL) {
      int separator = start < end ? text.indexOf(after, start, end) : -1;
      if (separator < 0) {
        return;
      }
      start = separator + 1;
    }
    if (start < end) {
      masked.mask(start, end);
    }
  }
}
