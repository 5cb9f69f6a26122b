package dev.tare.ticket;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which repositories a run enumerated whole, read from its targets. Only there does the absence of
 * an image mean that the image is gone, or is no longer among the newest tags that the run was
 * asked for. A target that is not understood covers nothing.
 */
final class TargetScope {
  private final List<Target> targets;

  private TargetScope(List<Target> targets) {
    this.targets = targets;
  }

  /** The scope of a run with these targets, as people type them. */
  static TargetScope of(Collection<String> targets) {
    return new TargetScope(
        targets.stream().map(TargetScope::parse).flatMap(Optional::stream).toList());
  }

  /** The scope of a run whose silence means nothing. */
  static TargetScope nothing() {
    return new TargetScope(List.of());
  }

  /** Whether every tag of this repository was looked for. */
  boolean covers(String registry, String repository) {
    return targets.stream().anyMatch(target -> target.covers(registry, repository));
  }

  /** A registry, and the repositories in it that are meant; null means all. */
  private record Target(String registry, @Nullable Pattern repositories) {
    boolean covers(String otherRegistry, String repository) {
      return registry.equals(otherRegistry)
          && (repositories == null || repositories.matcher(repository).matches());
    }
  }

  private static Optional<Target> parse(String text) {
    if (text.startsWith("registry:")) {
      return Optional.of(new Target(withoutTrailingSlash(text.substring(9)), null));
    }
    boolean marked = text.startsWith("repository:");
    String name = withoutTrailingSlash(marked ? text.substring(11) : text);
    int slash = name.indexOf('/');
    if (slash < 0) {
      return !marked && isHost(name) ? Optional.of(new Target(name, null)) : Optional.empty();
    }
    String host = name.substring(0, slash);
    String repository = name.substring(slash + 1);
    boolean oneImage = repository.indexOf(':') >= 0 || repository.indexOf('@') >= 0;
    return !isHost(host) || oneImage || repository.isEmpty()
        ? Optional.empty()
        : Optional.of(new Target(host, glob(repository)));
  }

  private static boolean isHost(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.equals("localhost")
        || lower.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+(:[0-9]{1,5})?")
        || lower.matches("[a-z0-9-]+:[0-9]{1,5}")
        || lower.matches("\\[[0-9a-f:]+](:[0-9]{1,5})?");
  }

  private static String withoutTrailingSlash(String text) {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /**
   * One star stays inside a path component, two cross them: the narrower of the readings in use, so
   * that a doubt never closes a ticket.
   */
  private static Pattern glob(String text) {
    StringBuilder regex = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      if (character == '*' && text.startsWith("**", at)) {
        regex.append(".*");
        at++;
      } else if (character == '*') {
        regex.append("[^/]*");
      } else if (character == '?') {
        regex.append("[^/]");
      } else {
        regex.append(Pattern.quote(String.valueOf(character)));
      }
    }
    return Pattern.compile(regex.toString());
  }
}
