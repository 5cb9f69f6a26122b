package dev.tare.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BaseComparisonTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-21");

  private final ComparedImage debian = base("debian:12", "debian", 40, 96, Set.of("bash", "apt"));
  private final ComparedImage slim = base("debian:12-slim", "debian", 30, 90, Set.of("bash"));
  private final ComparedImage distroless = base("distroless:12", "debian", 1, 3, Set.of());
  private final ComparedImage alpine = base("alpine:3.20", "alpine", 3, 15, Set.of("ash"));

  @Test
  void smallestOfTheSameDistributionIsFirstWithTheDifference() {
    List<Relative> relatives =
        new BaseComparison(List.of(debian, alpine, slim, distroless), TODAY).smallerThan(debian);
    assertThat(relatives)
        .containsExactly(
            new Relative(distroless, 39, 93, sorted("apt", "bash"), sorted(), true, sorted()),
            new Relative(slim, 10, 6, sorted("apt"), sorted(), true, sorted()));
  }

  @Test
  void runtimeInCommonMakesARelativeOfAnotherDistribution() {
    ComparedImage python = runtime("python:3-debian", "debian", 60, "linux/amd64");
    ComparedImage small = runtime("python:3-alpine", "alpine", 20, "linux/amd64");
    ComparedImage arm = runtime("python:3-alpine-arm", "alpine", 19, "linux/arm64");
    assertThat(new BaseComparison(List.of(python, small, arm), TODAY).smallerThan(python))
        .singleElement()
        .satisfies(relative -> {
          assertThat(relative.image()).isEqualTo(small);
          assertThat(relative.sameOs()).isFalse();
          assertThat(relative.runtimes()).containsExactly("python");
        });
  }

  @Test
  void applicationIsNoRelativeUnlessOthersStandOnIt() {
    ComparedImage app =
        image("app:1", new Contents("debian", null, Set.of(), 5, 1, Set.of(), false));
    assertThat(new BaseComparison(List.of(debian, app), TODAY).smallerThan(debian)).isEmpty();
    ComparedImage above =
        new ComparedImage(
            "above:1",
            digest("above:1"),
            "linux/amd64",
            new Contents("debian", null, Set.of(), 50, 1, Set.of(), false),
            Set.of(app.digest()));
    assertThat(new BaseComparison(List.of(debian, app, above), TODAY).smallerThan(debian))
        .extracting(Relative::image)
        .containsExactly(app);
  }

  @Test
  void whatCouldNotBeMeasuredIsNotCompared() {
    ComparedImage blurred = base("blurred:1", "debian", 2, null, null);
    assertThat(new BaseComparison(List.of(debian, blurred), TODAY).smallerThan(debian))
        .containsExactly(new Relative(blurred, 38, null, null, null, true, sorted()));
  }

  @Test
  void oneManifestUnderTwoNamesIsListedOnce() {
    ComparedImage again =
        new ComparedImage(
            "distroless:latest",
            distroless.digest(),
            "linux/amd64",
            distroless.contents(),
            Set.of());
    assertThat(new BaseComparison(List.of(debian, distroless, again), TODAY).smallerThan(debian))
        .extracting(relative -> relative.image().reference())
        .containsExactly("distroless:12");
  }

  @Test
  void imagePastItsEndOfLifeIsNoRelative() {
    ComparedImage old = ending("debian:10-slim", "2024-06-30");
    ComparedImage lastDay = ending("debian:11-slim", "2026-11-21");
    assertThat(new BaseComparison(List.of(debian, old, lastDay), TODAY).smallerThan(debian))
        .extracting(Relative::image)
        .containsExactly(lastDay);
  }

  @Test
  void platformIsTheSameHoweverItIsWritten() {
    ComparedImage python = runtime("python:3-debian", "debian", 60, "linux/arm64");
    ComparedImage small = runtime("python:3-alpine", "alpine", 20, "linux/arm64/v8");
    assertThat(new BaseComparison(List.of(python, small), TODAY).smallerThan(python))
        .extracting(Relative::image)
        .containsExactly(small);
  }

  private static ComparedImage ending(String name, String day) {
    return image(
        name, new Contents("debian", LocalDate.parse(day), Set.of(), 5, 1, Set.of(), true));
  }

  private static ComparedImage base(
      String name, String os, long bytes, @Nullable Integer packages, @Nullable Set<String> tools) {
    return image(name, new Contents(os, null, Set.of(), bytes, packages, tools, true));
  }

  private static ComparedImage runtime(String name, String os, long bytes, String platform) {
    return new ComparedImage(
        name,
        digest(name),
        platform,
        new Contents(os, null, Set.of("python"), bytes, 1, Set.of("python3"), true),
        Set.of());
  }

  private static ComparedImage image(String name, Contents contents) {
    return new ComparedImage(name, digest(name), "linux/amd64", contents, Set.of());
  }

  private static SortedSet<String> sorted(String... names) {
    return new TreeSet<>(List.of(names));
  }

  private static Digest digest(String text) {
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
