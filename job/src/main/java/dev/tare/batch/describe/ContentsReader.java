package dev.tare.batch.describe;

import dev.tare.lineage.Contents;
import dev.tare.oci.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes from the facts of an image what bases are compared by. */
public final class ContentsReader {
  /** Perl is left out: it comes with every Debian. */
  private static final Pattern RUNTIME =
      Pattern.compile("(python|node|java|ruby|php|dotnet|deno|bun)[0-9.]*");

  private static final Set<String> SHELLS = Set.of("sh", "ash", "bash", "dash", "busybox");

  private ContentsReader() {}

  public static Contents contents(JsonNode facts) {
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

  /** Digests of the images it stands on, those that are known, nearest last. */
  public static List<Digest> ancestors(JsonNode facts) {
    return facts
        .path("base")
        .path("lineage")
        .valueStream()
        .map(ancestor -> ancestor.path("digest"))
        .filter(JsonNode::isString)
        .map(digest -> Digest.parse(digest.stringValue()))
        .distinct()
        .toList();
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

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }
}
