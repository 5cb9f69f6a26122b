package dev.tare.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.TareException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** What each of them is called where an application is built on it; none is called wrongly. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("adminer:4-fastcgi", "docker.io/library/adminer:4.17.1-fastcgi"),
          Map.entry("adminer:latest", "docker.io/library/adminer:6.1.0"),
          Map.entry("aerospike:ce-8.1.2.3", "docker.io/library/ubuntu:24.04"),
          Map.entry("eclipse-temurin:11-alpine-3.21", "docker.io/library/eclipse-temurin"),
          Map.entry("eclipse-temurin:latest", "docker.io/library/eclipse-temurin"),
          Map.entry("golang:1-alpine", "docker.io/library/golang:1.27.1-alpine3.24"),
          Map.entry("golang:latest", "docker.io/library/golang:1.26.5-trixie"),
          Map.entry("httpd:2-alpine", "docker.io/library/httpd:2.4.68-alpine3.24"),
          Map.entry("httpd:latest", "docker.io/library/httpd:2.4.68"),
          Map.entry("mysql:5-debian", "docker.io/library/mysql"),
          Map.entry("mysql:latest", "docker.io/library/mysql:26.7.0-oracle"),
          Map.entry("nginx:1-alpine-otel", "docker.io/library/nginx"),
          Map.entry("nginx:latest", "docker.io/library/nginx:1.31.3-trixie"),
          Map.entry("node:14-alpine", "docker.io/library/node:14.21.2-alpine3.17"),
          Map.entry("node:latest", "docker.io/library/debian"),
          Map.entry("openjdk:18-bullseye", "docker.io/library/openjdk"),
          Map.entry("openjdk:latest", "docker.io/library/openjdk"),
          Map.entry("php:8-alpine", "docker.io/library/php"),
          Map.entry("php:latest", "docker.io/library/php"),
          Map.entry("postgres:11-alpine", "docker.io/library/postgres:11.18-alpine"),
          Map.entry("postgres:latest", "docker.io/library/postgres:18.6-trixie"),
          Map.entry("python:3-alpine", "docker.io/library/python:3.14.7-alpine3.24"),
          Map.entry("python:latest", "docker.io/library/python:3.14.7-trixie"),
          Map.entry("rabbitmq:3-alpine", "docker.io/library/rabbitmq:3.11.7-alpine"),
          Map.entry("rabbitmq:latest", "docker.io/library/rabbitmq:4.3.2"),
          Map.entry("redis:6-alpine", "docker.io/library/redis:6.2.24-alpine3.21"),
          Map.entry("redis:latest", "docker.io/library/redis:8.10.1-trixie"),
          Map.entry("ruby:2-alpine", "docker.io/library/ruby:2.7.7-alpine3.16"),
          Map.entry("ruby:latest", "docker.io/library/ruby:4.0.6-trixie"));

  /** The two that are named by what they stand on; all others are named as themselves. */
  private static final Map<String, String> OWN_OR_BELOW =
      Map.of(
          "aerospike:ce-8.1.2.3", "docker.io/library/ubuntu",
          "node:latest", "docker.io/library/debian");

  @Test
  void applicationsOnRealImagesAreOnThoseOrHaveNoName() throws IOException {
    Map<String, String> names = new TreeMap<>();
    for (Real real : histories()) {
      @Nullable Family family = onTop(real);
      if (family != null && family.reference() != null) {
        names.put(real.name(), family.reference());
        assertThat(family.confidence()).as(real.name()).isEqualTo(Lineage.FAMILY_CONFIDENCE);
        assertThat(family.evidence()).as(real.name()).contains("history");
        assertThat(OWN_OR_BELOW.getOrDefault(real.name(), repository(real)))
            .as(real.name())
            .isEqualTo(repository(family.reference()));
      }
    }
    assertThat(names).containsExactlyInAnyOrderEntriesOf(NAMES);
    assertThat(histories()).hasSize(40);
  }

  /** What an application adds first decides where the official image seems to end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN apt-get install|COPY . .|CMD [\"./app\"]",
        "RUN a|RUN b|RUN c|RUN d|COPY . .|ENTRYPOINT [\"./app\"]",
        "ENV APP=1|RUN make|COPY . .|CMD [\"./app\"]",
        "ARG V=1|LABEL maintainer=us|COPY app /app|USER app|ENTRYPOINT [\"/app\"]",
        "COPY --chown=app . .|CMD [\"./app\"]",
        "CMD [\"./app\"]|COPY . .",
        "ENTRYPOINT [\"./app\"]|CMD [\"run\"]|COPY . .",
        "USER app|WORKDIR /app|COPY . .|EXPOSE 8080|CMD [\"./app\"]"
      })
  void anyApplicationIsOnTheSameOrHasNoName(String application) throws IOException {
    for (Real real : histories()) {
      @Nullable Family family =
          perhaps(
              joined(real.steps(), List.of(application.split("\\|", -1))),
              real.os(),
              real.release());
      String reference = family == null ? null : family.reference();
      if (reference != null) {
        String known = NAMES.getOrDefault(real.name(), "");
        assertThat(List.of(known, repository(known))).as(real.name()).contains(reference);
      }
    }
  }

  @Test
  void whatVariantsAreBuiltOnIsInTheList() {
    assertThatThrownBy(() ->
            Families.parse(
                """
                images:
                  - repository: example.com/one
                    shapes: [{on: root, steps: "ENV A, RUN"}]
                """
                    .getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(TareException.class)
        .hasMessageContaining("no image of the list is named root");
  }

  @Test
  void imagesThemselvesAreNotBuiltOnThemselves() throws IOException {
    for (Real real : histories()) {
      @Nullable Family family = perhaps(real.steps(), real.os(), real.release());
      String reference = family == null ? null : family.reference();
      // nginx is made of several that are built on each other.
      if (reference != null && !real.name().startsWith("nginx:")) {
        assertThat(repository(reference)).as(real.name()).isNotEqualTo(repository(real));
      }
    }
  }

  @Test
  void thereAreAtLeastSixtyImages() {
    assertThat(Families.shipped().names()).hasSizeGreaterThanOrEqualTo(60);
  }

  @Test
  void bothWaysOfWritingAStepAreTheSame() {
    List<String> classic =
        List.of(
            "/bin/sh -c #(nop) ADD file:00 in / ",
            "/bin/sh -c #(nop)  CMD [\"/bin/sh\"]",
            "/bin/sh -c #(nop)  ENV NODE_VERSION=20.11.0",
            "/bin/sh -c addgroup -g 1000 node",
            "/bin/sh -c #(nop)  ENV YARN_VERSION=1.22.19",
            "/bin/sh -c apk add --no-cache --virtual .build-deps-yarn curl",
            "/bin/sh -c #(nop) COPY file:01 in /usr/local/bin/ ",
            "/bin/sh -c #(nop)  ENTRYPOINT [\"docker-entrypoint.sh\"]",
            "/bin/sh -c #(nop)  CMD [\"node\"]",
            "/bin/sh -c #(nop) COPY dir:02 in /app ");
    List<String> withShell =
        classic.stream()
            .map(step -> step.replace("/bin/sh -c", "/bin/ash -eo pipefail -c"))
            .toList();
    Family family = recognise(classic, "alpine", "3.19.1");
    assertThat(family).isEqualTo(recognise(withShell, "alpine", "3.19.1"));
    assertThat(family)
        .isEqualTo(recognise(joined(NODE_ON_ALPINE, APPLICATION), "alpine", "3.19.1"));
    assertThat(family.reference()).isEqualTo("docker.io/library/node:20.11.0-alpine3.19");
    assertThat(family.version()).isEqualTo("20.11.0");
    assertThat(family.evidence()).containsExactly("history", "env NODE_VERSION=20.11.0");
    assertThat(family.steps()).isEqualTo(9);
  }

  @Test
  void variableThatAnApplicationSetsNamesNothing() {
    List<String> steps =
        List.of(
            "ADD file:00 in /",
            "CMD [\"/bin/sh\"]",
            "RUN apk add nodejs",
            "ENV NODE_VERSION=20.11.0",
            "ENV YARN_VERSION=1.22.19",
            "COPY . .",
            "CMD [\"node\"]");
    Family family = recognise(steps, "alpine", "3.19.1");
    assertThat(family.reference()).isNull();
    assertThat(family.confidence()).isZero();
    assertThat(family.candidates()).containsExactly("docker.io/library/node");
    assertThat(family.evidence()).containsExactly("env NODE_VERSION=20.11.0");
  }

  @Test
  void applicationThatMerelyLooksLikeAShortDockerfileNamesNothing() {
    List<String> steps =
        List.of(
            "ADD file:00 in /",
            "CMD [\"bash\"]",
            "RUN groupadd app",
            "ENV NODE_VERSION=20.11.0",
            "RUN curl",
            "COPY . .",
            "ENTRYPOINT [\"./start\"]",
            "CMD [\"serve\"]",
            "USER app");
    assertThat(recognise(steps, "debian", "12").reference()).isNull();
  }

  @Test
  void officialDockerfileOnAnotherBaseNamesNothing() {
    List<String> own =
        joined(
            List.of("ADD file:00 in /", "CMD [\"/bin/sh\"]", "COPY company-ca.crt /etc/ssl"),
            NODE_ON_ALPINE.subList(2, 9));
    assertThat(recognise(joined(own, APPLICATION), "alpine", "3.19.1").reference()).isNull();
    assertThat(recognise(joined(NODE_ON_ALPINE, APPLICATION), "wolfi", "20230201").reference())
        .isNull();
  }

  @Test
  void applicationWithAnotherLanguageIsOnTheFirst() {
    List<String> both =
        joined(
            NODE_ON_ALPINE,
            List.of(
                "RUN apk add python3", "ENV PYTHON_VERSION=3.12.1 JAVA_VERSION=21", "COPY . ."));
    Family family = recognise(both, "alpine", "3.19.1");
    assertThat(family.reference()).isEqualTo("docker.io/library/node:20.11.0-alpine3.19");
    assertThat(family.candidates()).isEmpty();
  }

  @Test
  void variableThatIsOverriddenLaterIsNotTheVersionOfTheBase() {
    Family family =
        recognise(
            joined(NODE_ON_ALPINE, List.of("ENV NODE_VERSION=99.0.0", "COPY . .")),
            "alpine",
            "3.19.1");
    assertThat(family.version()).isEqualTo("20.11.0");
  }

  @Test
  void variantsThatLookTheSameAreNotToldApart() throws IOException {
    Family php =
        Objects.requireNonNull(
            onTop(
                histories().stream()
                    .filter(one -> one.name().equals("php:latest"))
                    .findFirst()
                    .get()));
    assertThat(php.reference()).isEqualTo("docker.io/library/php");
    assertThat(php.version()).isEqualTo("8.5.9");
  }

  @Test
  void shorterVariantIsNotExcludedByAStepThatAnybodyMakes() {
    List<String> jre =
        List.of(
            "ARG RELEASE",
            "ARG LAUNCHPAD_BUILD_ARCH",
            "LABEL org.opencontainers.image.version=24.04",
            "ADD file:00 in /",
            "CMD [\"/bin/bash\"]",
            "ENV JAVA_HOME=/opt/java/openjdk",
            "ENV PATH=/opt/java/openjdk/bin",
            "ENV LANG=en_US.UTF-8 LANGUAGE=en_US:en LC_ALL=en_US.UTF-8",
            "RUN apt-get update",
            "ENV JAVA_VERSION=jdk-21.0.4+7",
            "RUN curl",
            "RUN java --version",
            "COPY entrypoint.sh /__cacert_entrypoint.sh",
            "ENTRYPOINT [\"/__cacert_entrypoint.sh\"]");
    Family on =
        recognise(joined(jre, List.of("COPY app.jar /", "CMD [\"java\"]")), "ubuntu", "24.04");
    assertThat(on.reference()).isEqualTo("docker.io/library/eclipse-temurin:21.0.4_7-jre-noble");
    Family unclear =
        recognise(joined(jre, List.of("CMD [\"java\"]", "COPY app.jar /")), "ubuntu", "24.04");
    assertThat(unclear.reference()).isEqualTo("docker.io/library/eclipse-temurin");
    assertThat(unclear.version()).isEqualTo("21.0.4_7");
  }

  @Test
  void configurationThatWasCopiedOrFlattenedNamesNothing() {
    List<HistoryEntry> history =
        joined(NODE_ON_ALPINE, APPLICATION).stream().map(FamiliesTest::entry).toList();
    List<String> env = List.of("PATH=/bin", "NODE_VERSION=20.11.0");
    Family flattened =
        Objects.requireNonNull(Families.shipped().recognise(history, env, 1, "alpine", "3.19.1"));
    assertThat(flattened.reference()).isNull();
    assertThat(flattened.candidates()).containsExactly("docker.io/library/node");
    Family withoutSystem =
        Objects.requireNonNull(Families.shipped().recognise(history, env, 5, null, null));
    assertThat(withoutSystem.reference()).isNull();
    Family imported =
        Objects.requireNonNull(Families.shipped().recognise(List.of(), env, 1, "alpine", "3.19.1"));
    assertThat(imported.candidates()).containsExactly("docker.io/library/node");
  }

  @Test
  void valueThatIsNoVersionIsNotShown() {
    List<String> env = List.of("REDIS_VERSION=secret word; and more");
    assertThat(
            Objects.requireNonNull(
                    Families.shipped().recognise(List.of(), env, 1, "alpine", "3.19.1"))
                .evidence())
        .containsExactly("env REDIS_VERSION");
  }

  @Test
  void imagesThatShareAllStepsAreCandidates() {
    Families two =
        Families.parse(
            """
            images:
              - repository: example.com/root
                os: alpine
                parts: 2
                shapes: [{steps: "ADD, CMD", passing: true}]
              - repository: example.com/one
                shapes: [{on: root, steps: "ENV A, RUN"}]
              - repository: example.com/two
                shapes: [{on: root, steps: "ENV A, RUN"}]
            """
                .getBytes(StandardCharsets.UTF_8));
    List<HistoryEntry> history =
        Stream.of("ADD x", "CMD y", "ENV A=1", "RUN z", "COPY . .")
            .map(FamiliesTest::entry)
            .toList();
    Family family =
        Objects.requireNonNull(two.recognise(history, List.of(), 3, "alpine", "3.19.1"));
    assertThat(family.reference()).isNull();
    assertThat(family.candidates()).containsExactly("example.com/one", "example.com/two");
  }

  @Test
  void unknownReleaseLeavesTheTagOut() {
    Family family = recognise(joined(NODE_ON_ALPINE, APPLICATION), "alpine", "");
    assertThat(family.reference()).isEqualTo("docker.io/library/node");
  }

  @Test
  void nothingToRecogniseIsNothing() {
    assertThat(Families.shipped().recognise(List.of(), List.of(), 0, null, null)).isNull();
    HistoryEntry silent = new HistoryEntry(null, null, false);
    assertThat(
            Families.shipped()
                .recognise(List.of(silent), List.of("A", "=", "B="), 1, "debian", "12"))
        .isNull();
  }

  private static String repository(Real real) {
    return "docker.io/library/" + real.name().substring(0, real.name().indexOf(':'));
  }

  private static String repository(String reference) {
    int colon = reference.indexOf(':');
    return colon < 0 ? reference : reference.substring(0, colon);
  }

  private static @Nullable Family onTop(Real real) {
    return perhaps(joined(real.steps(), APPLICATION), real.os(), real.release());
  }

  private static List<String> joined(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  private static Family recognise(List<String> steps, @Nullable String os, String release) {
    return Objects.requireNonNull(perhaps(steps, os, release));
  }

  private static @Nullable Family perhaps(List<String> steps, @Nullable String os, String release) {
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
