package dev.tare.policy;

import dev.tare.finding.RuleDoc;
import dev.tare.finding.Severity;
import dev.tare.oci.Glob;
import dev.tare.text.ConfigNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings of one bundle's rules: its own defaults and profiles ({@code data.tare.settings})
 * under what people configured. Checks the latter against the former once, then merges them for
 * each image. Safe for concurrent use.
 */
final class BundleSettings {
  private static final String ENABLED = "enabled";
  private static final String SEVERITY = "severity";
  private static final String SEVERITY_OF_UNKNOWN = "severityOfUnknown";

  private final JsonNode data;
  private final Map<String, RuleDoc> docs = new TreeMap<>();
  private final PolicySettings user;
  private final List<List<Glob>> overrides;

  /** One entry for each profile and set of overrides that occurs, both of which people write. */
  private final Map<Key, MergedSettings> merged = new ConcurrentHashMap<>();

  private record Key(String profile, List<Integer> overrides) {}

  /** Settings for the rules of this bundle, which {@link #check} has accepted. */
  BundleSettings(Bundle bundle, PolicySettings user) {
    this.data = bundle.data();
    this.user = user;
    this.overrides =
        user.overrides().stream().map(entry -> Glob.all(entry.repositories())).toList();
    bundle.rules().forEach(rule -> docs.put(rule.id(), rule));
  }

  /**
   * Checks what people configured against all loaded bundles.
   *
   * @throws dev.tare.error.TareException of kind USAGE for a rule or key that does not exist, or a
   *     value of another type than its default
   */
  static void check(PolicySettings user, Collection<BundleSettings> bundles) {
    checkRules("settings.rules", user.rules(), bundles);
    user.profiles()
        .forEach(
            (name, rules) -> checkRules("settings.profiles." + name + ".rules", rules, bundles));
    for (int i = 0; i < user.overrides().size(); i++) {
      checkRules("settings.overrides[" + i + "].rules", user.overrides().get(i).rules(), bundles);
    }
  }

  private static void checkRules(
      String where, Map<String, JsonNode> rules, Collection<BundleSettings> bundles) {
    rules.forEach((id, changes) -> {
      ConfigNode place = new ConfigNode(where + "." + id, changes);
      BundleSettings owner =
          bundles.stream()
              .filter(bundle -> bundle.docs.containsKey(id))
              .findFirst()
              .orElseThrow(() -> {
                Set<String> known = new TreeSet<>();
                bundles.forEach(bundle -> known.addAll(bundle.docs.keySet()));
                return ConfigNode.unknownKey(place.path(), id, known);
              });
      owner.checkKeys(id, place);
    });
  }

  private void checkKeys(String id, ConfigNode changes) {
    JsonNode defaults = defaults(id);
    Set<String> known = new TreeSet<>(defaults.propertyNames());
    known.add(ENABLED);
    known.add(SEVERITY);
    known.add(SEVERITY_OF_UNKNOWN);
    changes.only(known);
    for (String key : changes.keys()) {
      value(key, changes.get(key), defaults.get(key));
    }
  }

  /** The JSON to hand over for a value that people wrote. */
  private static JsonNode value(String key, ConfigNode written, @Nullable JsonNode fallback) {
    JsonNode node = written.node();
    if (key.equals(SEVERITY) || key.equals(SEVERITY_OF_UNKNOWN)) {
      if (Severity.ofWord(node.asString("")).isEmpty()) {
        throw written.invalid("expected note, low, medium, high or critical");
      }
    } else if (key.equals(ENABLED)) {
      require(node.isBoolean(), written, "true or false");
    } else if (fallback != null && key.endsWith("Bytes") && fallback.isNumber()) {
      return JsonNodeFactory.instance.numberNode(ByteSize.parse(written));
    } else if (fallback != null) {
      requireType(written, fallback);
    }
    return node;
  }

  private static void requireType(ConfigNode written, JsonNode fallback) {
    JsonNode node = written.node();
    if (fallback.isNumber()) {
      require(node.isNumber(), written, "a number");
    } else if (fallback.isBoolean()) {
      require(node.isBoolean(), written, "true or false");
    } else if (fallback.isString()) {
      require(node.isString(), written, "text");
    } else if (fallback.isArray()) {
      require(node.isArray(), written, "a list");
    } else if (fallback.isObject()) {
      require(node.isObject(), written, "keys with values");
    }
  }

  private static void require(boolean holds, ConfigNode written, String expected) {
    if (!holds) {
      throw written.invalid("expected " + expected + ", found " + written.node());
    }
  }

  /** The settings that hold for an image. */
  MergedSettings of(String profile, String registry, String repository) {
    List<Integer> applying = new ArrayList<>();
    for (int i = 0; i < overrides.size(); i++) {
      if (overrides.get(i).stream().anyMatch(g -> g.matchesRepository(registry, repository))) {
        applying.add(i);
      }
    }
    return merged.computeIfAbsent(new Key(profile, List.copyOf(applying)), this::merge);
  }

  private MergedSettings merge(Key key) {
    ObjectNode rules = JsonMapper.shared().createObjectNode();
    Map<String, Severity> severities = new TreeMap<>();
    Map<String, Severity> ofUnknown = new TreeMap<>();
    docs.forEach((id, doc) -> {
      ObjectNode rule = rules.putObject(id);
      lay(rule, id, defaults(id));
      lay(rule, id, settings().path("profiles").path(key.profile()).path("rules").path(id));
      lay(rule, id, user.rules().get(id));
      lay(rule, id, user.profiles().getOrDefault(key.profile(), Map.of()).get(id));
      key.overrides().forEach(index -> lay(rule, id, user.overrides().get(index).rules().get(id)));
      severities.put(id, Severity.ofWord(rule.path(SEVERITY).asString("")).orElse(doc.severity()));
      Severity.ofWord(rule.path(SEVERITY_OF_UNKNOWN).asString(""))
          .ifPresent(severity -> ofUnknown.put(id, severity));
    });
    return new MergedSettings(data, rules, severities, ofUnknown);
  }

  private void lay(ObjectNode rule, String id, @Nullable JsonNode changes) {
    if (changes == null) {
      return;
    }
    changes
        .properties()
        .forEach(change ->
            rule.set(
                change.getKey(),
                value(
                    change.getKey(),
                    new ConfigNode(id + "." + change.getKey(), change.getValue()),
                    defaults(id).get(change.getKey()))));
  }

  private JsonNode settings() {
    return data.path("tare").path("settings");
  }

  private JsonNode defaults(String id) {
    return settings().path("defaults").path("rules").path(id);
  }
}
