package dev.tare.inspect;

import dev.tare.inspect.config.AccountFiles;
import dev.tare.inspect.move.Ground;
import dev.tare.inspect.move.Interpreters;
import dev.tare.inspect.move.KeptLists;
import dev.tare.inspect.move.NeededLibraries;
import dev.tare.inspect.packages.PackageReaders;
import dev.tare.inspect.program.ProgramMarks;
import dev.tare.inspect.system.OsReleaseFiles;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.inspect.tree.MergedFilesystem;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.inspect.tree.TreeVisitor;
import dev.tare.layer.ContentKind;
import dev.tare.layer.EntryType;
import dev.tare.layer.LayerEntry;
import dev.tare.layer.LayerFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lays the layers that an image adds to its base over another base. Safe for concurrent use. */
public final class OwnLayers {
  /** Of paths that are named. */
  private static final int MOST_PATHS = 10;

  private static final Pattern LIBRARY = Pattern.compile(".*\\.so(?:\\.[0-9.]+)?");

  /** What packages and their managers keep for themselves: every step that installs replaces it. */
  private static final Pattern OF_MANAGERS =
      Pattern.compile(
          "(?:var/lib/(?:dpkg|apt|rpm|dnf|yum|pacman|opkg)|(?:usr/)?lib/(?:apk|opkg|sysimage/rpm)"
              + "|etc/apk|var/cache|var/log)/.*|etc/ld\\.so\\.cache");

  private final KeptContent content;
  private final KeptLists lists =
      new KeptLists(PackageReaders.ALL, List.of(new AccountFiles()), List.of(new OsReleaseFiles()));

  /** Of layers that were read with this interest. */
  public OwnLayers(KeptContent content) {
    this.content = content;
  }

  /**
   * Lays them there.
   *
   * @param base the layers that they lie on now, root first
   * @param own root first
   * @param other the layers of the other base
   */
  public MovedLayers over(List<LayerFacts> base, List<LayerFacts> own, List<LayerFacts> other) {
    Stack image = new Stack(joined(base, own), base.size());
    KeptLists.Moved moved = lists.move(base.size(), kept(image.layers), kept(base), kept(other));
    Stack there =
        new Stack(
            joined(with(moved.otherContents(), other), with(moved.contents(), own)), other.size());
    image.look();
    there.look();
    Set<String> replaced = new TreeSet<>(image.replaced.keySet());
    replaced.removeIf(path -> isOfLists(path) || !isOther(image, there, path));
    return new MovedLayers(
        there.layers,
        moved.managers(),
        moved.missingManagers(),
        moved.added(),
        moved.removed(),
        moved.inQuestion(),
        moved.accountsInQuestion(),
        moved.sharedIds(),
        paths(new TreeSet<>(image.deleted.keySet())),
        paths(both(image.deleted.keySet(), there.deleted.keySet())),
        paths(replaced),
        own.stream().mapToLong(OwnLayers::programs).sum(),
        minus(image.ground.libraries(), there.ground.libraries()),
        both(image.ground.libraries(), there.ground.libraries()),
        lostRuntimes(image, there),
        there.ground.runtimes(),
        lostInterpreters(image, there),
        lostNeeds(image, there));
  }

  /** The layers with these contents, by their number. */
  private static List<LayerFacts> with(
      Map<Integer, Map<String, byte[]>> contents, List<LayerFacts> layers) {
    List<LayerFacts> changed = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Map<String, byte[]> ofLayer = contents.get(i);
      changed.add(ofLayer == null ? layers.get(i) : layers.get(i).withContents(ofLayer));
    }
    return changed;
  }

  private static List<LayerFacts> joined(List<LayerFacts> base, List<LayerFacts> own) {
    List<LayerFacts> joined = new ArrayList<>(base);
    joined.addAll(own);
    return joined;
  }

  private KeptFiles kept(List<LayerFacts> layers) {
    MergedFilesystem filesystem = filesystem(layers);
    KeptFiles kept = new KeptFiles(layers, content, content.names(filesystem));
    filesystem.walk(kept);
    kept.finish();
    return kept;
  }

  private static MergedFilesystem filesystem(List<LayerFacts> layers) {
    return new MergedFilesystem(layers.stream().map(LayerFacts::index).toList());
  }

  private boolean isOfLists(String path) {
    return OF_MANAGERS.matcher(path).matches() || lists.has(path);
  }

  /** Whether both bases have a file there, of layers of their own. */
  private static boolean isOther(Stack image, Stack there, String path) {
    String layer = there.replaced.get(path);
    return layer != null && !layer.equals(image.replaced.get(path));
  }

  private static MovedLayers.Paths paths(Set<String> paths) {
    return new MovedLayers.Paths(paths.size(), paths.stream().limit(MOST_PATHS).toList());
  }

  private static Set<String> minus(Set<String> all, Set<String> without) {
    Set<String> left = new TreeSet<>(all);
    left.removeAll(without);
    return left;
  }

  private static Set<String> both(Set<String> one, Set<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.retainAll(other);
    return both;
  }

  private static long programs(LayerFacts layer) {
    long programs = 0;
    for (LayerEntry entry : layer.index()) {
      if (entry.type() == EntryType.FILE
          && (entry.content() == ContentKind.ELF || LIBRARY.matcher(entry.path()).matches())
          && !isStandalone(layer.kept().get(entry.path()))) {
        programs++;
      }
    }
    return programs;
  }

  private static boolean isStandalone(byte @Nullable [] kept) {
    return kept != null && ProgramMarks.parse(kept).linkage().standalone();
  }

  /** Of what own layers have packages for. */
  private static Map<String, Set<String>> lostRuntimes(Stack image, Stack there) {
    Map<String, Set<String>> lost = new TreeMap<>();
    image
        .ownGround
        .packages()
        .forEach((language, releases) -> {
          Set<String> gone = new TreeSet<>(releases);
          gone.retainAll(image.ground.runtimes().getOrDefault(language, Set.of()));
          gone.removeAll(there.ground.runtimes().getOrDefault(language, Set.of()));
          if (!gone.isEmpty()) {
            lost.put(language, gone);
          }
        });
    return lost;
  }

  private static Map<String, List<String>> lostInterpreters(Stack image, Stack there) {
    Map<String, List<String>> lost = new TreeMap<>();
    Set<String> found = image.interpreters.found();
    Set<String> foundThere = there.interpreters.found();
    there
        .interpreters
        .scripts()
        .forEach((interpreter, scripts) -> {
          if (found.contains(interpreter) && !foundThere.contains(interpreter)) {
            lost.put(interpreter, scripts.stream().limit(MOST_PATHS).toList());
          }
        });
    return lost;
  }

  private static Map<String, List<String>> lostNeeds(Stack image, Stack there) {
    Map<String, List<String>> lost = new TreeMap<>();
    there
        .libraries
        .needed()
        .forEach((library, programs) -> {
          if (image.libraries.isThere(library) && !there.libraries.isThere(library)) {
            lost.put(library, programs.stream().limit(MOST_PATHS).toList());
          }
        });
    return lost;
  }

  /** An image, and what of it own layers hide. */
  private static final class Stack implements TreeVisitor {
    private final List<LayerFacts> layers;
    private final int base;
    private final MergedFilesystem filesystem;
    private final Ground ground = new Ground();
    private final Ground ownGround = new Ground();
    private final Interpreters interpreters;
    private final NeededLibraries libraries;

    /** Files of the base that own layers delete, each with the layer whose it was. */
    private final Map<String, String> deleted = new HashMap<>();

    /** The same of those that they replace. */
    private final Map<String, String> replaced = new HashMap<>();

    Stack(List<LayerFacts> layers, int base) {
      this.layers = layers;
      this.base = base;
      this.filesystem = filesystem(layers);
      this.interpreters = new Interpreters(layers, base, filesystem);
      this.libraries = new NeededLibraries(layers, base);
    }

    void look() {
      filesystem.walk(this);
      interpreters.finish();
    }

    @Override
    public void visible(TreeNode node) {
      ground.see(node);
      if (node.layer() >= base) {
        ownGround.see(node);
        if (!node.isDirectory()) {
          String layer = deleted.remove(node.path());
          if (layer != null) {
            replaced.put(node.path(), layer);
          }
        }
      }
      interpreters.see(node);
      libraries.see(node);
    }

    @Override
    public void hidden(TreeNode node, int hiddenBy) {
      if (node.layer() < base && hiddenBy >= base && !node.isDirectory()) {
        deleted.put(node.path(), layers.get(node.contentLayer()).digest().toString());
      }
    }
  }
}
