package dev.tare.inspect;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.inspect.content.NameGlobs;
import dev.tare.inspect.content.ShippedConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which files a build left behind. Read from {@code config/leftovers.yaml}:
 *
 * <pre>
 * leftovers:
 *   - kind: apt-lists
 *     in: [var/lib/apt/lists, "~/.cache/x"]   all files below; ~ stands for each home directory
 *   - kind: bytecode
 *     below: [__pycache__, .yarn/cache]       all files below a directory of that name, anywhere
 *     files: ["*.pyc", "var/cache/apt/*.bin"] by name anywhere, or by path where there is a slash
 *     except: [copyright, lib/x.tar]          file names that do not count, or paths
 * </pre>
 *
 * <p>A file counts once: for the first rule that fits.
 */
public final class LeftoverCatalog {
  private final List<Rule> rules;
  private final Map<String, Integer> directories = new HashMap<>();
  private final Map<String, Integer> homeDirectories = new HashMap<>();
  private final Map<String, Integer> directoryNames = new HashMap<>();
  private final Map<String, Integer> fileNames = new HashMap<>();
  private final Map<String, Integer> extensions = new HashMap<>();
  private final NameGlobs nameGlobs = new NameGlobs();
  private final List<Glob> globs = new ArrayList<>();

  private LeftoverCatalog(String source, List<Rule> rules) {
    this.rules = List.copyOf(rules);
    for (int i = 0; i < rules.size(); i++) {
      index(source, rules.get(i), i);
    }
  }

  /** One kind of leftover. */
  record Rule(
      String kind, List<String> in, List<String> below, List<String> files, Set<String> except) {
    Rule {
      in = in == null ? List.of() : List.copyOf(in);
      below = below == null ? List.of() : List.copyOf(below);
      files = files == null ? List.of() : List.copyOf(files);
      except = except == null ? Set.of() : Set.copyOf(except);
    }
  }

  /** The shape of the file. */
  record Document(List<Rule> leftovers) {}

  /** A glob, or an exact name, of one directory; {@code **} stands for all of them. */
  private record Glob(String directory, NameGlobs.Glob name, boolean exact) {
    boolean fits(String text) {
      return exact ? text.equals(name.prefix()) : name.fits(text);
    }
  }

  /**
   * What a file is.
   *
   * @param place the directory or file the rule names
   */
  public record Match(String kind, String place) {
    /** What equality of records is, told without their method handles: asked of every leftover. */
    public boolean isSameAs(Match other) {
      return kind.equals(other.kind) && place.equals(other.place);
    }
  }

  /** The catalogue that ships with Tare. */
  public static LeftoverCatalog shipped() {
    return parse("leftovers.yaml", ShippedConfig.read("leftovers.yaml"));
  }

  /**
   * Reads a catalogue.
   *
   * @param source how errors name it
   * @throws TareException of kind USAGE where it is not one
   */
  public static LeftoverCatalog parse(String source, byte[] yaml) {
    Document document = ShippedConfig.parse(source, yaml, Document.class);
    if (document.leftovers() == null) {
      throw new TareException(FailureKind.USAGE, "read " + source + ": leftovers: missing");
    }
    Set<String> kinds = new HashSet<>();
    for (Rule rule : document.leftovers()) {
      if (rule.kind() == null || !kinds.add(rule.kind())) {
        throw new TareException(
            FailureKind.USAGE,
            "read " + source + ": each rule needs a kind of its own, found " + rule.kind());
      }
    }
    return new LeftoverCatalog(source, document.leftovers());
  }

  private void index(String source, Rule rule, int number) {
    for (String directory : rule.in()) {
      if (directory.startsWith("~/")) {
        homeDirectories.putIfAbsent(directory.substring(2), number);
      } else {
        directories.putIfAbsent(directory, number);
      }
    }
    for (String name : rule.below()) {
      directoryNames.putIfAbsent(name, number);
    }
    for (String pattern : rule.files()) {
      int slash = pattern.lastIndexOf('/');
      String name = pattern.substring(slash + 1);
      int star = name.indexOf('*');
      if (pattern.substring(0, slash + 1).indexOf('*') >= 0
          || (star >= 0 && name.indexOf('*', star + 1) >= 0)) {
        throw new TareException(
            FailureKind.USAGE,
            "read "
                + source
                + ": kind "
                + rule.kind()
                + ": "
                + pattern
                + ": expected at most one *, in the file name");
      }
      if (slash < 0 && star < 0) {
        fileNames.putIfAbsent(name, number);
      } else if (slash < 0 && star == 0 && name.lastIndexOf('.') == 1) {
        extensions.putIfAbsent(name.substring(1), number);
      } else {
        NameGlobs.Glob glob =
            new NameGlobs.Glob(
                star < 0 ? name : name.substring(0, star),
                star < 0 ? "" : name.substring(star + 1),
                number);
        if (slash >= 0 || !nameGlobs.add(glob)) {
          globs.add(new Glob(slash < 0 ? "**" : pattern.substring(0, slash), glob, star < 0));
        }
      }
    }
  }

  /** A matcher for one walk of a tree; not thread-safe, because it remembers the last directory. */
  public Matcher matcher() {
    return new Matcher();
  }

  /** Finds the rule for file after file, fast where they come directory by directory. */
  public final class Matcher {
    private String directory = "\0";
    private int directoryRule = Integer.MAX_VALUE;
    private String place = "";
    private final List<Glob> globsHere = new ArrayList<>();

    /** What this file is; null where it is no leftover. */
    @Nullable
    public Match match(String path) {
      int slash = path.lastIndexOf('/');
      if (Math.max(slash, 0) != directory.length() || !path.startsWith(directory)) {
        enter(slash < 0 ? "" : path.substring(0, slash));
      }
      String name = path.substring(slash + 1);
      int best = allowing(directoryRule, path, name);
      boolean byName = false;
      int other = allowing(fileRule(name), path, name);
      if (other < best) {
        best = other;
        byName = true;
      }
      if (best == Integer.MAX_VALUE) {
        return null;
      }
      return new Match(rules.get(best).kind(), byName ? path : place);
    }

    private int allowing(int rule, String path, String name) {
      if (rule == Integer.MAX_VALUE) {
        return rule;
      }
      Set<String> except = rules.get(rule).except();
      return except.contains(name) || except.contains(path) ? Integer.MAX_VALUE : rule;
    }

    private int fileRule(String name) {
      int best = rule(fileNames.get(name));
      int dot = name.lastIndexOf('.');
      if (dot >= 0) {
        best = Math.min(best, rule(extensions.get(name.substring(dot))));
      }
      best = nameGlobs.lowest(name, best);
      for (int i = 0; i < globsHere.size(); i++) {
        if (globsHere.get(i).fits(name)) {
          best = Math.min(best, globsHere.get(i).name().rule());
        }
      }
      return best;
    }

    private static int rule(@Nullable Integer known) {
      return known == null ? Integer.MAX_VALUE : known;
    }

    private void enter(String parent) {
      directory = parent;
      directoryRule = Integer.MAX_VALUE;
      place = "";
      globsHere.clear();
      for (Glob glob : globs) {
        if (glob.directory().equals("**")
            || glob.directory().equals(parent)
            || (glob.directory().startsWith("~") && glob.directory().equals(homeForm(parent)))) {
          globsHere.add(glob);
        }
      }
      int end = parent.indexOf('/');
      int start = 0;
      while (!parent.isEmpty()) {
        String ancestor = end < 0 ? parent : parent.substring(0, end);
        consider(directories.get(ancestor), ancestor);
        String home = homeForm(ancestor);
        if (home != null && home.length() > 2) {
          consider(homeDirectories.get(home.substring(2)), ancestor);
        }
        consider(directoryNames.get(ancestor.substring(start)), ancestor);
        int before = ancestor.lastIndexOf('/', Math.max(0, start - 2));
        if (start > 0) {
          consider(directoryNames.get(ancestor.substring(before + 1)), ancestor);
        }
        if (end < 0) {
          break;
        }
        start = end + 1;
        end = parent.indexOf('/', start);
      }
    }

    private void consider(@Nullable Integer rule, String ancestor) {
      if (rule != null && rule < directoryRule) {
        directoryRule = rule;
        place = ancestor;
      }
    }

    /** {@code ~/x} for {@code root/x} and {@code home/NAME/x}; null for all others. */
    private static @Nullable String homeForm(String path) {
      if (path.equals("root") || path.startsWith("root/")) {
        return "~" + path.substring(4);
      }
      if (path.startsWith("home/")) {
        int slash = path.indexOf('/', 5);
        return slash < 0 ? "~" : "~" + path.substring(slash);
      }
      return null;
    }
  }
}
