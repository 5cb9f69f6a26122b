package dev.tare.cli;

import dev.tare.batch.Session;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.RunResults;
import dev.tare.lineage.Ancestor;
import dev.tare.lineage.Contents;
import dev.tare.lineage.ForestImage;
import dev.tare.lineage.Lineage.Outdated;
import dev.tare.oci.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes from the stored facts of a run what a forest is made of. */
final class ForestReader {
  /** Perl is left out: it comes with every Debian. */
  private static final Pattern RUNTIME =
      Pattern.compile("(python|node|java|ruby|php|dotnet|deno|bun)[0-9.]*");

  private static final Set<String> SHELLS = Set.of("sh", "ash", "bash", "dash", "busybox");

  private ForestReader() {}

  static List<ForestImage> images(RunResults results) {
    List<ForestImage> images = new ArrayList<>();
    results.forEachImage(image -> images.add(image(image)));
    return images;
  }

  /** What the store knows of all runs: what an image can be compared with. */
  static List<ForestImage> known(Session session) {
    List<ForestImage> images = new ArrayList<>();
    session.forEachKnownImage((image, facts) ->
        images.add(
            image(
                names(image.registry() + "/" + image.repository(), image.tags(), image.reference()),
                image.digest(),
                image.platform().toString(),
                facts)));
    return images;
  }

  private static ForestImage image(JudgedImage image) {
    return image(
        names(image.registry() + "/" + image.repository(), image.tags(), image.reference()),
        Digest.parse(image.digest()),
        image.platform(),
        image.facts());
  }

  /** The name to show first, then the others. */
  private static List<String> names(String repository, List<String> tags, String reference) {
    List<String> names = new ArrayList<>(List.of(reference));
    tags.stream()
        .map(tag -> repository + ":" + tag)
        .filter(name -> !name.equals(reference))
        .forEach(names::add);
    return names;
  }

  private static ForestImage image(
      List<String> names, Digest digest, String platform, JsonNode facts) {
    JsonNode base = facts.path("base");
    return new ForestImage(
        names,
        digest,
        platform,
        facts
            .path("layers")
            .valueStream()
            .map(layer ->
                new ForestImage.Layer(
                    Digest.parse(layer.path("digest").asString()),
                    layer.path("compressed").asLong(0)))
            .toList(),
        base.path("lineage").valueStream().map(ForestReader::ancestor).toList(),
        outdated(base.path("outdated")),
        contents(facts));
  }

  private static Contents contents(JsonNode facts) {
    Set<String> unmeasured =
        facts
            .path("gaps")
            .valueStream()
            .map(gap -> gap.path("fact").asString("").split("\\.", 2)[0])
            .collect(Collectors.toSet());
    boolean toolsAreWhole = !unmeasured.contains("tools") && !unmeasured.contains("layers");
    boolean packagesAreWhole = !unmeasured.contains("packages") && !unmeasured.contains("layers");
    Set<String> tools = new HashSet<>();
    Set<String> runtimes = new HashSet<>();
    for (JsonNode tool : facts.path("tools")) {
      String name = tool.path("name").asString("");
      tools.add(name);
      Matcher runtime = RUNTIME.matcher(name);
      if (runtime.matches()) {
        runtimes.add(runtime.group(1));
      }
    }
    return new Contents(
        text(facts.path("base").path("os").path("id")),
        runtimes,
        facts.path("size").path("compressed").asLong(0),
        packagesAreWhole ? Integer.valueOf(facts.path("packages").path("count").asInt(0)) : null,
        toolsAreWhole ? tools : null,
        startsNothing(facts.path("image").path("config")));
  }

  /** A shell or a runtime without a word what to run, or nothing at all. */
  private static boolean startsNothing(JsonNode config) {
    List<String> words =
        Stream.concat(config.path("entrypoint").valueStream(), config.path("cmd").valueStream())
            .map(JsonNode::asString)
            .toList();
    if (words.isEmpty()) {
      return true;
    }
    String program = words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1);
    return words.size() == 1 && (SHELLS.contains(program) || RUNTIME.matcher(program).matches());
  }

  private static Ancestor ancestor(JsonNode node) {
    return new Ancestor(
        node.path("reference").asString("?"),
        digest(node.path("digest")),
        node.path("layers").asInt(0),
        node.path("evidence").valueStream().map(JsonNode::asString).toList(),
        node.path("confidence").asDouble(0),
        node.path("tie").asBoolean(false));
  }

  private static Outdated outdated(JsonNode node) {
    JsonNode lag = node.path("lagDays");
    return new Outdated(
        node.path("known").asBoolean(false),
        digest(node.path("currentDigest")),
        lag.isNumber() ? lag.intValue() : null,
        null);
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }

  private static @Nullable Digest digest(JsonNode node) {
    return node.isString() ? Digest.parse(node.stringValue()) : null;
  }
}
