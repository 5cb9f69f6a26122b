package dev.tare.inspect.move;

import dev.tare.inspect.tree.TreeNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What programs and libraries of upper layers stand on, by the names of files. */
public final class Ground {
  private static final Pattern LOADER =
      Pattern.compile("(?:.*/)?(?:ld-(musl)-[^/]+\\.so\\.1|ld(?:-linux[^/]*|64)?\\.so\\.[123])");

  /** Where a runtime of one release, and no other, looks for its packages. */
  private static final Map<String, Pattern> PACKAGES = new LinkedHashMap<>();

  /** What is there where that release of the runtime is. */
  private static final Map<String, Pattern> RUNTIMES = new LinkedHashMap<>();

  static {
    PACKAGES.put(
        "Python", Pattern.compile("(?:.*/)?lib/python(\\d+\\.\\d+)/(?:site|dist)-packages/.+"));
    RUNTIMES.put("Python", Pattern.compile("(?:.*/)?bin/python(\\d+\\.\\d+)"));
    PACKAGES.put(
        "Ruby",
        Pattern.compile("(?:.*/)?(?:gems|bundle/ruby|ruby/gems)/(\\d+\\.\\d+\\.\\d+)/gems/.+"));
    RUNTIMES.put("Ruby", Pattern.compile("(?:.*/)?lib/ruby/(\\d+\\.\\d+\\.\\d+)/set\\.rb"));
    PACKAGES.put(
        "PHP", Pattern.compile("(?:.*/)?php/extensions/no-debug-(?:non-)?zts-(\\d{8})/.+\\.so"));
    RUNTIMES.put("PHP", Pattern.compile("(?:.*/)?include/php/(?:.+/)?api-(\\d{8})"));
  }

  private final Set<String> libraries = new TreeSet<>();
  private final Map<String, Set<String>> runtimes = new TreeMap<>();
  private final Map<String, Set<String>> packages = new TreeMap<>();

  public Ground() {}

  /** Takes what a container sees at a path into account. */
  public void see(TreeNode node) {
    String path = node.path();
    Matcher loader = LOADER.matcher(path);
    if (!node.isDirectory() && path.contains("lib") && loader.matches()) {
      libraries.add(loader.group(1) == null ? "glibc" : "musl");
    }
    note(path, RUNTIMES, runtimes);
    note(path, PACKAGES, packages);
  }

  private static void note(
      String path, Map<String, Pattern> patterns, Map<String, Set<String>> found) {
    patterns.forEach((runtime, pattern) -> {
      Matcher matcher = pattern.matcher(path);
      if (matcher.matches()) {
        found.computeIfAbsent(runtime, none -> new TreeSet<>()).add(matcher.group(1));
      }
    });
  }

  /** The C libraries whose loaders are there: {@code glibc}, {@code musl}. */
  public Set<String> libraries() {
    return libraries;
  }

  /** The releases of runtimes that are there, by the language. */
  public Map<String, Set<String>> runtimes() {
    return runtimes;
  }

  /** The releases of runtimes that packages are there for, by the language. */
  public Map<String, Set<String>> packages() {
    return packages;
  }
}
