package dev.tare.batch.describe;

import dev.tare.facts.Base;
import dev.tare.facts.Fact;
import dev.tare.facts.Image;
import dev.tare.facts.StoredFacts;
import dev.tare.facts.Tool;
import dev.tare.lineage.Contents;
import dev.tare.oci.Digest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes from the facts of an image what bases are compared by. */
public final class ContentsReader {
  /** Perl is left out: it comes with every Debian. */
  private static final Pattern RUNTIME =
      Pattern.compile("(python|node|java|ruby|php|dotnet|deno|bun)[0-9.]*");

  private static final Set<String> SHELLS = Set.of("sh", "ash", "bash", "dash", "busybox");

  private ContentsReader() {}

  public static Contents contents(StoredFacts facts) {
    Set<String> tools = new HashSet<>();
    Set<String> runtimes = new HashSet<>();
    for (Tool tool : facts.tools()) {
      String name = tool.name();
      if (name != null) {
        tools.add(name);
        Matcher runtime = RUNTIME.matcher(name);
        if (runtime.matches()) {
          runtimes.add(runtime.group(1));
        }
      }
    }
    Base.OperatingSystem os = facts.base().os();
    return new Contents(
        os == null ? null : os.id(),
        os == null ? null : day(os.eol()),
        runtimes,
        Objects.requireNonNullElse(facts.size().compressed(), 0L),
        facts.isWhole(Fact.PACKAGES_COUNT) ? facts.packages().count() : null,
        facts.isWhole(Fact.TOOLS) ? tools : null,
        startsNothing(facts.image().config()));
  }

  private static @Nullable LocalDate day(@Nullable String text) {
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      return null; // Facts of another program.
    }
  }

  /** Digests of the images it stands on, those that are known, nearest last. */
  public static List<Digest> ancestors(StoredFacts facts) {
    return facts.base().lineage().stream()
        .map(Base.Ancestor::digest)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /** A shell or a runtime without a word what to run, or nothing at all. */
  private static boolean startsNothing(Image.Config config) {
    List<String> words =
        Stream.concat(config.entrypoint().stream(), config.cmd().stream()).toList();
    if (words.isEmpty()) {
      return true;
    }
    String program = words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1);
    return words.size() == 1 && (SHELLS.contains(program) || RUNTIME.matcher(program).matches());
  }
}
