package dev.tare.cli.page;

import dev.tare.lineage.ForestImage;
import dev.tare.lineage.Tree;
import dev.tare.oci.Glob;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The images of a stored run that a word means: a registry, a repository or what is below it, an
 * image by tag or digest, or a glob; with the registry in front or without.
 */
public record NamedImages(String word, @Nullable Glob glob) implements Predicate<Tree> {
  public static NamedImages of(String word) {
    return new NamedImages(word, word.contains("*") ? Glob.parse(withoutRegistry(word)) : null);
  }

  @Override
  public boolean test(Tree tree) {
    Stream<String> digests =
        tree.images().stream().map(image -> repository(image.name()) + "@" + image.digest());
    Stream<String> names =
        Stream.concat(
            tree.names().stream(),
            tree.images().stream().map(ForestImage::names).flatMap(n -> n.stream()));
    return Stream.concat(names, digests).anyMatch(this::means);
  }

  private boolean means(String name) {
    String path = withoutRegistry(name);
    if (glob != null) {
      String repository = repository(path);
      String tag =
          path.length() > repository.length() && path.charAt(repository.length()) == ':'
              ? path.substring(repository.length() + 1).split("@", 2)[0]
              : null;
      return glob.matches(repository, tag);
    }
    return isOrHolds(name) || isOrHolds(path);
  }

  /** The name itself, or a whole part of it from its beginning. */
  private boolean isOrHolds(String name) {
    return name.startsWith(word)
        && (name.length() == word.length() || "/:@".indexOf(name.charAt(word.length())) >= 0);
  }

  private static String repository(String name) {
    int at = name.indexOf('@');
    String tagged = at < 0 ? name : name.substring(0, at);
    int colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
    return colon < 0 ? tagged : tagged.substring(0, colon);
  }

  private static String withoutRegistry(String name) {
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    return first.contains(".") || first.contains(":") || first.equals("localhost")
        ? name.substring(slash + 1)
        : name;
  }
}
