package dev.tare.cli.page;

import dev.tare.lineage.ForestImage;
import dev.tare.lineage.Tree;
import dev.tare.oci.Glob;
import dev.tare.oci.ImageGlob;
import dev.tare.oci.WrittenName;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The images of a stored run that a word means: a registry, a repository or what is below it, an
 * image by tag or digest, or a glob; with the registry in front or without.
 */
public record NamedImages(String word, @Nullable ImageGlob glob) implements Predicate<Tree> {
  public static NamedImages of(String word) {
    return new NamedImages(
        word, Glob.isPattern(word) ? ImageGlob.parse(withoutRegistry(word)) : null);
  }

  @Override
  public boolean test(Tree tree) {
    Stream<String> digests =
        tree.images().stream()
            .map(image -> WrittenName.of(image.name()).repository() + "@" + image.digest());
    Stream<String> names =
        Stream.concat(
            tree.names().stream(),
            tree.images().stream().map(ForestImage::names).flatMap(n -> n.stream()));
    return Stream.concat(names, digests).anyMatch(this::means);
  }

  private boolean means(String name) {
    if (glob != null) {
      WrittenName written = WrittenName.of(name);
      return glob.matches(written.path(), written.tag());
    }
    String path = withoutRegistry(name);
    return isOrHolds(name) || isOrHolds(path);
  }

  /** The name itself, or a whole part of it from its beginning. */
  private boolean isOrHolds(String name) {
    return name.startsWith(word)
        && (name.length() == word.length() || "/:@".indexOf(name.charAt(word.length())) >= 0);
  }

  private static String withoutRegistry(String name) {
    String registry = WrittenName.of(name).registry();
    return registry == null ? name : name.substring(registry.length() + 1);
  }
}
