package dev.tare.batch.list;

import dev.tare.registry.ImageSource;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tags of repositories that stand for what is attached to images, {@code sha256-HEX.sig}: those
 * that a listing of the run has found, else asked for once. Safe for concurrent use.
 */
public final class AttachmentTags {
  private static final Pattern OF_ANOTHER = Pattern.compile("sha(256|512)-.*");

  private final Map<String, Set<String>> tags = new ConcurrentHashMap<>();

  /** Takes them from the whole list of a repository's tags. */
  void listed(ImageSource source, String repository, Collection<String> all) {
    tags.put(name(source, repository), ofOthers(all));
  }

  /** Those of a repository. */
  public Set<String> of(ImageSource source, String repository) {
    return tags.computeIfAbsent(
        name(source, repository), unknown -> ofOthers(source.tags(repository)));
  }

  private static Set<String> ofOthers(Collection<String> all) {
    return all.stream()
        .filter(tag -> OF_ANOTHER.matcher(tag).matches())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String name(ImageSource source, String repository) {
    return source.registry() + "/" + repository;
  }
}
