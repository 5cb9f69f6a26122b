package dev.tare.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.oci.ImageConfig.HistoryEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FamiliesTest {
  /** What an application adds: a layer of packages, one of its own, what it starts. */
  private static final List<String> APPLICATION =
      List.of("WORKDIR /app", "COPY . .", "RUN make", "CMD [\"./app\"]");

  private static final List<String> NODE_ON_ALPINE =
      List.of(
          "ADD file:00 in /",
          "CMD [\"/bin/sh\"]",
          "ENV NODE_VERSION=20.11.0",
          "RUN addgroup",
          "ENV YARN_VERSION=1.22.19",
          "RUN apk add",
          "COPY file:01 in /usr/local/bin/",
          "ENTRYPOINT [\"docker-entrypoint.sh\"]",
          "CMD [\"node\"]");

  /** A real history; see families/README.md for how they were chosen. */
  private record Real(String name, String os, String release, List<String> steps) {}

  @Test
  void printAll() throws IOException {
    for (Real real : histories()) {
      System.out.println(real.name() + " -> " + onTop(real));
    }
  }

  private static @Nullable Family onTop(Real real) {
    return recognise(joined(real.steps(), APPLICATION), real.os(), real.release());
  }

  private static List<String> joined(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  private static @Nullable Family recognise(List<String> steps, @Nullable String os, String release) {
    List<HistoryEntry> history = steps.stream().map(FamiliesTest::entry).toList();
    int layers = (int) history.stream().filter(entry -> !entry.emptyLayer()).count();
    return Families.shipped().recognise(history, List.of(), layers, os, release);
  }

  private static HistoryEntry entry(String step) {
    String instruction = BuildStep.of(step).instruction();
    return new HistoryEntry(
        Instant.EPOCH,
        step,
        !Set.of("RUN", "COPY", "ADD", "WORKDIR", "debian.sh").contains(instruction));
  }

  private static List<Real> histories() throws IOException {
    List<Real> histories = new ArrayList<>();
    try (InputStream stream = FamiliesTest.class.getResourceAsStream("/families/histories.txt")) {
      String text =
          new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
      String[] lines = text.split("\n", -1);
      for (int i = 0; i + 1 < lines.length; i += 2) {
        String[] head = lines[i].split(" ", -1);
        List<String> steps =
            Arrays.stream(lines[i + 1].split(" \\| ", -1))
                .map(step -> step.equals("debian.sh") ? "# debian.sh" : step)
                .toList();
        histories.add(new Real(head[1], head[4], head[5], steps));
      }
    }
    return histories;
  }
}
