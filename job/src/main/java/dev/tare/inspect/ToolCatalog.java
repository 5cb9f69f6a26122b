package dev.tare.inspect;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.inspect.content.ShippedConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which names are tools, and of which category; which are daemons. Read from {@code
 * config/tools.yaml}:
 *
 * <pre>
 * categories:
 *   download: {names: [curl, wget], versioned: []}
 *   compiler-build: {names: [make], versioned: [gcc], prefixed: [gcc]}
 * not-in: [usr/lib/apt/methods]
 * services: [nginx]
 * supervisors: [supervisord]
 * applets: {ar: archive, httpd: network-server}
 * </pre>
 *
 * <p>A name that is {@code versioned} also stands for {@code gcc-13} and {@code python3.12}; one
 * that is {@code prefixed} also for {@code x86_64-linux-gnu-gcc}; one that ends in {@code *} for
 * all that begin with it.
 */
public final class ToolCatalog {
  /** Possessive: a name of two thousand numbers would use up the stack otherwise. */
  private static final Pattern VERSION =
      Pattern.compile("(.*?[A-Za-z+])-?\\d+(?:[.\\-]\\d+)*+[a-z]?");

  private static final Pattern ARCHITECTURE =
      Pattern.compile(
          "(?:x86_64|i[3-6]86|aarch64|arm[a-z0-9]*|powerpc64le|ppc64le|riscv64|s390x|mips[a-z0-9]*)-.*");

  /** {@code vendor-linux-gnu} at most. */
  private static final int LONGEST_TRIPLET = 4;

  private final Map<String, Listed> names;
  private final Set<String> versioned;
  private final Set<String> prefixed;
  private final List<Listed> beginnings;
  private final Set<String> excludedDirectories;
  private final Set<String> services;
  private final Map<String, String> applets;

  private ToolCatalog(
      Map<String, Listed> names,
      Set<String> versioned,
      Set<String> prefixed,
      List<Listed> beginnings,
      Set<String> excludedDirectories,
      Set<String> services,
      Map<String, String> applets) {
    this.names = Map.copyOf(names);
    this.versioned = Set.copyOf(versioned);
    this.prefixed = Set.copyOf(prefixed);
    this.beginnings = List.copyOf(beginnings);
    this.excludedDirectories = Set.copyOf(excludedDirectories);
    this.services = Set.copyOf(services);
    this.applets = Map.copyOf(applets);
  }

  /**
   * A name on the list.
   *
   * @param name as listed, {@code gcc} for {@code x86_64-linux-gnu-gcc-13}
   */
  public record Listed(String name, String category) {}

  /** The shape of the file. */
  record Document(
      Map<String, Category> categories,
      List<String> notIn,
      List<String> services,
      List<String> supervisors,
      Map<String, String> applets) {}

  /** The shape of a category. */
  record Category(List<String> names, List<String> versioned, List<String> prefixed) {
    Category {
      names = names == null ? List.of() : List.copyOf(names);
      versioned = versioned == null ? List.of() : List.copyOf(versioned);
      prefixed = prefixed == null ? List.of() : List.copyOf(prefixed);
    }
  }

  /** The catalogue that ships with Tare. */
  public static ToolCatalog shipped() {
    return parse("tools.yaml", ShippedConfig.read("tools.yaml"));
  }

  /**
   * Reads a catalogue.
   *
   * @param source how errors name it
   * @throws TareException of kind USAGE where it is not one
   */
  public static ToolCatalog parse(String source, byte[] yaml) {
    Document document = ShippedConfig.parse(source, yaml, Document.class);
    if (document.categories() == null || document.categories().isEmpty()) {
      throw new TareException(
          FailureKind.USAGE, "read " + source + ": categories: expected at least one");
    }
    Map<String, Listed> names = new LinkedHashMap<>();
    Set<String> versioned = new HashSet<>();
    Set<String> prefixed = new HashSet<>();
    List<Listed> beginnings = new ArrayList<>();
    document
        .categories()
        .forEach((category, listed) -> {
          for (String name : listed.names()) {
            if (name.endsWith("*")) {
              beginnings.add(new Listed(name.substring(0, name.length() - 1), category));
            } else {
              add(source, names, name, category);
            }
          }
          for (String name : listed.versioned()) {
            add(source, names, name, category);
            versioned.add(name);
          }
          prefixed.addAll(listed.prefixed());
        });
    for (String name : prefixed) {
      if (!names.containsKey(name)) {
        throw new TareException(
            FailureKind.USAGE,
            "read " + source + ": prefixed: " + name + " is in no list of names");
      }
    }
    Set<String> services = new HashSet<>(orEmpty(document.services()));
    services.addAll(orEmpty(document.supervisors()));
    return new ToolCatalog(
        names,
        versioned,
        prefixed,
        beginnings,
        new HashSet<>(orEmpty(document.notIn())),
        services,
        document.applets() == null ? Map.of() : document.applets());
  }

  private static List<String> orEmpty(@Nullable List<String> list) {
    return list == null ? List.of() : list;
  }

  private static void add(String source, Map<String, Listed> names, String name, String category) {
    if (name.isEmpty() || name.indexOf('/') >= 0) {
      throw new TareException(
          FailureKind.USAGE,
          "read " + source + ": category " + category + ": \"" + name + "\" is not a file name");
    }
    Listed before = names.putIfAbsent(name, new Listed(name, category));
    if (before != null && !before.category().equals(category)) {
      throw new TareException(
          FailureKind.USAGE,
          "read "
              + source
              + ": "
              + name
              + " is in two categories, "
              + before.category()
              + " and "
              + category);
    }
  }

  /** What a file name stands for on the list; null where it is not on it. */
  @Nullable
  public Listed find(String fileName) {
    Listed exact = names.get(fileName);
    if (exact != null) {
      return exact;
    }
    Matcher version = VERSION.matcher(fileName);
    String stem = version.matches() ? version.group(1) : fileName;
    if (versioned.contains(stem)) {
      return names.get(stem);
    }
    Listed crossTool = ARCHITECTURE.matcher(fileName).matches() ? prefixed(fileName) : null;
    if (crossTool != null) {
      return crossTool;
    }
    for (Listed beginning : beginnings) {
      if (fileName.startsWith(beginning.name())) {
        return beginning;
      }
    }
    return null;
  }

  /** What remains of {@code x86_64-linux-gnu-gcc-13} after some triplet. */
  private @Nullable Listed prefixed(String fileName) {
    int dash = fileName.indexOf('-');
    for (int part = 1; part < LONGEST_TRIPLET; part++) {
      dash = fileName.indexOf('-', dash + 1);
      if (dash < 0) {
        return null;
      }
      String tail = fileName.substring(dash + 1);
      if (prefixed.contains(tail)) {
        return names.get(tail);
      }
      Matcher version = VERSION.matcher(tail);
      String stem = version.matches() ? version.group(1) : tail;
      if (prefixed.contains(stem) && versioned.contains(stem)) {
        return names.get(stem);
      }
    }
    return null;
  }

  /**
   * What an applet of a multi-call binary stands for; null where it is not on the list. It may be
   * another thing than a program of that name, or be listed as an applet alone.
   */
  @Nullable
  public Listed findApplet(String name) {
    String category = applets.get(name);
    return category == null ? find(name) : new Listed(name, category);
  }

  /** The daemon or supervisor of this file name, a version behind it left out; null for others. */
  @Nullable
  public String findService(String fileName) {
    if (services.contains(fileName)) {
      return fileName;
    }
    Matcher version = VERSION.matcher(fileName);
    return version.matches() && services.contains(version.group(1)) ? version.group(1) : null;
  }

  /**
   * Whether files of this directory are never tools, whatever their names: completion scripts, cron
   * jobs, download methods of apt.
   */
  public boolean excludes(String directory) {
    String current = directory;
    while (!current.isEmpty()) {
      if (excludedDirectories.contains(current)) {
        return true;
      }
      int slash = current.lastIndexOf('/');
      current = slash < 0 ? "" : current.substring(0, slash);
    }
    return false;
  }
}
