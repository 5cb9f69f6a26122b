package dev.tare.policy;

import dev.tare.text.ConfigNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people configure about policies, the key {@code settings} of {@code tare.yaml}:
 *
 * <pre>
 * settings:
 *   profile:
 *     default: prod
 *     label: ""                          # of an image that names its profile; "" ignores labels
 *     assign: [{repositories: ["base/**"], profile: base}]
 *   rules:
 *     TARE-SIZE-001: {maxBytes: 300MB, severity: high}
 *     TARE-USER-004: {enabled: false}
 *   profiles:
 *     dev: {rules: {TARE-TOOL-004: {enabled: true}}}
 *   overrides:
 *     - repositories: ["legacy/**"]
 *       rules: {TARE-TOOL-001: {severity: low}}
 *   limits: {memory: 256MiB, timeout: PT20S}
 * </pre>
 *
 * <p>For an image the library's defaults are changed by the library's profile, then by {@code
 * rules}, then by its profile under {@code profiles}, then by each override that names its
 * repository, in their order. Which rules and keys exist is known when bundles are opened; they are
 * checked then.
 *
 * @param rules changes by rule
 * @param profiles changes by profile, by rule
 */
public record PolicySettings(
    ProfileChoice profile,
    Map<String, JsonNode> rules,
    Map<String, Map<String, JsonNode>> profiles,
    List<RepositoryOverride> overrides,
    EvaluationLimits limits) {

  /**
   * How the profile of an image is found.
   *
   * @param forced the profile of all images, from the command line
   * @param fallback where nothing else says one
   * @param label of an image that names its profile; empty to ignore labels
   */
  public record ProfileChoice(
      @Nullable String forced, String fallback, String label, List<Assignment> assignments) {
    /** Copies the assignments. */
    public ProfileChoice {
      assignments = List.copyOf(assignments);
    }
  }

  /** Repositories (globs, with or without the registry) and their profile. */
  public record Assignment(List<String> repositories, String profile) {
    /** Copies the repositories. */
    public Assignment {
      repositories = List.copyOf(repositories);
    }
  }

  /** Changes for some repositories (globs, with or without the registry). */
  public record RepositoryOverride(List<String> repositories, Map<String, JsonNode> rules) {
    /** Copies the collections. */
    public RepositoryOverride {
      repositories = List.copyOf(repositories);
      rules = Map.copyOf(rules);
    }
  }

  /** Copies the collections. */
  public PolicySettings {
    rules = Map.copyOf(rules);
    profiles = Map.copyOf(profiles);
    overrides = List.copyOf(overrides);
  }

  /** What holds where nobody configured anything. */
  public static PolicySettings defaults() {
    return of(JsonMapper.shared().createObjectNode());
  }

  /**
   * Reads the key {@code settings} of a configuration.
   *
   * @throws dev.tare.error.TareException of kind USAGE for an unknown key or a value that is none
   */
  public static PolicySettings of(JsonNode userPart) {
    ConfigNode root =
        new ConfigNode("settings", userPart)
            .only(Set.of("profile", "rules", "profiles", "overrides", "limits"));
    Map<String, Map<String, JsonNode>> profiles = new LinkedHashMap<>();
    ConfigNode named = root.get("profiles");
    for (String name : named.keys()) {
      profiles.put(name, rules(named.get(name).only(Set.of("rules")).get("rules")));
    }
    return new PolicySettings(
        profileChoice(root.get("profile")),
        rules(root.get("rules")),
        profiles,
        root.get("overrides").elements().stream()
            .map(element ->
                new RepositoryOverride(
                    repositories(element.only(Set.of("repositories", "rules"))),
                    rules(element.get("rules"))))
            .toList(),
        limits(root.get("limits")));
  }

  /** These settings with one profile for all images. */
  public PolicySettings withProfile(String name) {
    return new PolicySettings(
        new ProfileChoice(name, profile.fallback(), profile.label(), profile.assignments()),
        rules,
        profiles,
        overrides,
        limits);
  }

  private static ProfileChoice profileChoice(ConfigNode node) {
    node.only(Set.of("default", "label", "assign"));
    ConfigNode label = node.get("label");
    return new ProfileChoice(
        null,
        node.get("default").text(ProfileSelector.DEFAULT_PROFILE),
        label.isPresent() && label.node().asString("").isEmpty() ? "" : label.text(""),
        node.get("assign").elements().stream()
            .map(element ->
                new Assignment(
                    repositories(element.only(Set.of("repositories", "profile"))),
                    element.get("profile").text()))
            .toList());
  }

  private static List<String> repositories(ConfigNode element) {
    List<String> globs = element.get("repositories").texts();
    if (globs.isEmpty()) {
      throw element.get("repositories").invalid("expected at least one repository glob");
    }
    return globs;
  }

  private static Map<String, JsonNode> rules(ConfigNode node) {
    Map<String, JsonNode> rules = new LinkedHashMap<>();
    for (String id : node.keys()) {
      ConfigNode changes = node.get(id);
      if (!changes.node().isObject()) {
        throw changes.invalid("expected keys with values, for example {enabled: false}");
      }
      rules.put(id, changes.node());
    }
    return rules;
  }

  private static EvaluationLimits limits(ConfigNode node) {
    node.only(Set.of("memory", "timeout"));
    ConfigNode memory = node.get("memory");
    ConfigNode timeout = node.get("timeout");
    return new EvaluationLimits(
        memory.isPresent() ? ByteSize.parse(memory) : EvaluationLimits.DEFAULT.memoryBytes(),
        timeout.isPresent() ? duration(timeout) : EvaluationLimits.DEFAULT.timeout());
  }

  private static Duration duration(ConfigNode node) {
    try {
      Duration duration = Duration.parse(node.text());
      if (duration.isPositive()) {
        return duration;
      }
    } catch (DateTimeException e) {
      // Said below, in the words of people.
    }
    throw node.invalid("expected a time as ISO 8601 writes it, for example PT20S");
  }
}
