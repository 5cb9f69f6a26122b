package dev.tare.policy;

import dev.tare.oci.Glob;
import dev.tare.text.ConfigNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the profile of an image: the one that was forced, else of the first assignment that names
 * its repository, else of its label where settings name one, else the default. Labels are ignored
 * unless settings say otherwise: whoever builds an image writes them, and could so choose how
 * strictly it is judged. A label that names no profile is ignored too.
 */
public final class ProfileSelector {
  /** The strictest profile. */
  public static final String DEFAULT_PROFILE = "prod";

  /** The profiles of the built-in library. */
  static final Set<String> BUILT_IN = Set.of("prod", "dev", "base");

  private final PolicySettings.ProfileChoice choice;
  private final List<List<Glob>> assigned;
  private final Set<String> known;

  /**
   * A selector for these settings.
   *
   * @throws dev.tare.error.TareException of kind USAGE where they name a profile that does not
   *     exist
   */
  public ProfileSelector(PolicySettings settings) {
    choice = settings.profile();
    assigned = choice.assignments().stream().map(a -> Glob.all(a.repositories())).toList();
    known = new TreeSet<>(BUILT_IN);
    known.addAll(settings.profiles().keySet());
    check("settings.profile.default", choice.fallback());
    String forced = choice.forced();
    if (forced != null) {
      check("--profile", forced);
    }
    for (int i = 0; i < choice.assignments().size(); i++) {
      check("settings.profile.assign[" + i + "].profile", choice.assignments().get(i).profile());
    }
  }

  /** The profile of an image. */
  public String profileOf(String registry, String repository, Map<String, String> labels) {
    String forced = choice.forced();
    if (forced != null) {
      return forced;
    }
    for (int i = 0; i < assigned.size(); i++) {
      if (assigned.get(i).stream().anyMatch(g -> g.matchesRepository(registry, repository))) {
        return choice.assignments().get(i).profile();
      }
    }
    String label = choice.label().isEmpty() ? null : labels.get(choice.label());
    return label != null && known.contains(label) ? label : choice.fallback();
  }

  private void check(String where, String profile) {
    if (!known.contains(profile)) {
      throw ConfigNode.unknownKey(where, profile, known);
    }
  }
}
