package dev.tare.inspect.move;

import dev.tare.inspect.tree.MergedFilesystem;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.layer.ContentKind;
import dev.tare.layer.LayerFacts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which interpreters the scripts of upper layers name in their first line, and which are there. */
public final class Interpreters {
  private static final List<String> PATH =
      List.of("usr/local/sbin", "usr/local/bin", "usr/sbin", "usr/bin", "sbin", "bin");

  private final List<LayerFacts> layers;
  private final int base;
  private final MergedFilesystem filesystem;
  private final Map<String, List<String>> scripts = new TreeMap<>();
  private final Set<String> executables = new HashSet<>();
  private final Set<String> found = new TreeSet<>();

  /**
   * Of these layers, root first.
   *
   * @param base how many of them are not asked for scripts
   */
  public Interpreters(List<LayerFacts> layers, int base, MergedFilesystem filesystem) {
    this.layers = List.copyOf(layers);
    this.base = base;
    this.filesystem = filesystem;
  }

  /** Takes what a container sees at a path into account. */
  public void see(TreeNode node) {
    if (!node.isExecutable()) {
      return;
    }
    executables.add(node.path());
    if (node.layer() >= base && node.content().content() == ContentKind.SCRIPT) {
      byte[] line = layers.get(node.contentLayer()).kept().get(node.content().path());
      String interpreter = line == null ? null : interpreter(line);
      if (interpreter != null) {
        scripts.computeIfAbsent(interpreter, none -> new ArrayList<>()).add("/" + node.path());
      }
    }
  }

  /** {@code /bin/sh}, and {@code python3} of {@code #!/usr/bin/env python3}. */
  private static @Nullable String interpreter(byte[] firstLine) {
    String line = new String(firstLine, StandardCharsets.UTF_8);
    if (!line.startsWith("#!")) {
      return null;
    }
    String[] words = line.substring(2).strip().split("\\s+", -1);
    if (!words[0].startsWith("/")) {
      return null;
    }
    if (!words[0].endsWith("/env")) {
      return words[0];
    }
    for (int i = 1; i < words.length; i++) {
      if (!words[i].startsWith("-") && words[i].indexOf('=') < 0) {
        return words[i];
      }
    }
    return null;
  }

  /** Must be called once after the walk, before any of the results. */
  public void finish() {
    for (String interpreter : scripts.keySet()) {
      List<String> places =
          interpreter.startsWith("/")
              ? List.of(interpreter.substring(1))
              : PATH.stream().map(directory -> directory + "/" + interpreter).toList();
      if (places.stream().anyMatch(place -> executables.contains(filesystem.resolve(place)))) {
        found.add(interpreter);
      }
    }
  }

  /** The scripts by their interpreter: a path, or a name that is looked for along PATH. */
  public Map<String, List<String>> scripts() {
    return scripts;
  }

  /** The interpreters that are there. */
  public Set<String> found() {
    return found;
  }
}
