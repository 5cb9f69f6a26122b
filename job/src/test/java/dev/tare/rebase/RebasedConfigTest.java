package dev.tare.rebase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.oci.ImageConfig;
import dev.tare.oci.ImageConfig.HistoryEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a build from a Dockerfile makes of the config of another base. */
class RebasedConfigTest {
  private static final String BASE_HISTORY =
      "{'created_by': 'ADD root'}, {'created_by': 'CMD bash', 'empty_layer': true}";

  private static final ImageConfig BASE =
      config(
          """
          'Env': ['PATH=/usr/bin:/bin', 'LANG=C', 'KEEP=base'], 'Cmd': ['bash'],
          'User': 'root', 'WorkingDir': '/', 'Labels': {'from': 'base', 'kept': 'x'},
          'ExposedPorts': {'80/tcp': {}}
          """,
          BASE_HISTORY);

  private static final ImageConfig OTHER =
      config(
          """
          'Env': ['PATH=/opt/bin:/usr/bin', 'LANG=C.UTF-8'], 'Entrypoint': ['/init'],
          'Cmd': ['sh'], 'User': 'app', 'WorkingDir': '/home', 'Labels': {'from': 'other'},
          'ExposedPorts': {'443/tcp': {}}
          """,
          "{'created_by': 'ADD other'}");

  @Test
  void whatTheStepsSetStandsAndTheRestIsTheBases() {
    ImageConfig config =
        rebased(
            """
            'Env': ['PATH=/app/bin:/usr/bin:/bin', 'LANG=C', 'KEEP=base', 'APP=1'],
            'Cmd': ['bash'], 'User': 'root', 'WorkingDir': '/app',
            'Labels': {'from': 'base', 'kept': 'x', 'own': 'y',
              'org.opencontainers.image.base.name': 'old'},
            'ExposedPorts': {'80/tcp': {}, '8080/tcp': {}}
            """,
            "{'created_by': 'WORKDIR /app'}");

    assertThat(config.env())
        .containsExactly("PATH=/app/bin:/opt/bin:/usr/bin", "LANG=C.UTF-8", "APP=1");
    assertThat(config.entrypoint()).containsExactly("/init");
    assertThat(config.cmd()).containsExactly("sh");
    assertThat(config.user()).isEqualTo("app");
    assertThat(config.workingDir()).isEqualTo("/app");
    assertThat(config.labels())
        .isEqualTo(
            Map.of("from", "other", "own", "y", "org.opencontainers.image.base.name", "new"));
    assertThat(config.exposedPorts()).containsExactly("443/tcp", "8080/tcp");
    assertThat(config.history().stream().map(HistoryEntry::createdBy))
        .containsExactly("ADD other", "WORKDIR /app");
  }

  @Test
  void entrypointOfTheStepsEndsTheCommandOfTheBase() {
    ImageConfig config = rebased("'Entrypoint': ['/app'], 'Cmd': []", "");

    assertThat(config.entrypoint()).containsExactly("/app");
    assertThat(config.cmd()).isEmpty();
  }

  @Test
  void commandOfTheStepsIsAnArgumentOfTheBasesEntrypoint() {
    ImageConfig config = rebased("'Cmd': ['serve']", "");

    assertThat(config.entrypoint()).containsExactly("/init");
    assertThat(config.cmd()).containsExactly("serve");
  }

  @Test
  void instructionThatSetsWhatTheBaseHadIsOneAllTheSame() {
    ImageConfig config =
        rebased(
            "'Cmd': ['bash'], 'User': 'root'",
            """
            {'created_by': '/bin/sh -c #(nop)  CMD [\\'bash\\']', 'empty_layer': true},
            {'created_by': 'USER root', 'empty_layer': true}
            """);

    assertThat(config.cmd()).containsExactly("bash");
    assertThat(config.user()).isEqualTo("root");
  }

  /** A step that repeats what the base sets does so on any base. */
  @Test
  void whatStepsSetAsTheBaseDoesIsSetAllTheSame() {
    ImageConfig config =
        rebased(
            """
            'Env': ['PATH=/usr/bin:/bin', 'LANG=C', 'KEEP=base'],
            'Labels': {'from': 'base', 'kept': 'x'}, 'ExposedPorts': {'80/tcp': {}},
            'Volumes': {'/data': {}}
            """,
            """
            {'created_by': 'ENV LANG=C', 'empty_layer': true},
            {'created_by': '/bin/bash -c #(nop)  LABEL kept=x', 'empty_layer': true},
            {'created_by': 'EXPOSE map[80/tcp:{}]', 'empty_layer': true},
            {'created_by': 'VOLUME [/data]', 'empty_layer': true}
            """);

    assertThat(config.env()).containsExactly("PATH=/opt/bin:/usr/bin", "LANG=C");
    assertThat(config.labels()).isEqualTo(Map.of("from", "other", "kept", "x"));
    assertThat(config.exposedPorts()).containsExactly("443/tcp", "80/tcp");
    assertThat(config.volumes()).containsExactly("/data");
  }

  @Test
  void portOfTheOldBaseIsNotThatOfAStepForAnotherOne() {
    ImageConfig config =
        rebased(
            "'ExposedPorts': {'80/tcp': {}, '8080/tcp': {}, '80/udp': {}}",
            "{'created_by': 'EXPOSE 8080 80/udp', 'empty_layer': true}");

    assertThat(config.exposedPorts()).containsExactly("443/tcp", "8080/tcp", "80/udp");
  }

  @Test
  void whatIsAsOnTheOldBaseAndChangesIsNamed() {
    ImageConfig image = config("'Cmd': ['bash'], 'User': 'root', 'WorkingDir': '/x'", BASE_HISTORY);

    assertThat(new RebasedConfig(image, BASE, 1, OTHER, Map.of()).inherited())
        .containsExactly("USER", "CMD");
  }

  @Test
  void valueThatOnlyContainsTheBasesIsNotContinued() {
    ImageConfig config = rebased("'Env': ['PATH=/usr/bin:/bin', 'LANG=XCX', 'KEEP=base']", "");

    assertThat(config.env()).contains("LANG=XCX");
  }

  @Test
  void historyThatWasWrittenOtherwiseIsCutByLayers() {
    ImageConfig image = config("", "{'created_by': 'squashed'}, {'created_by': 'COPY app'}");

    assertThat(RebasedConfig.ownSteps(image, BASE, 1).stream().map(HistoryEntry::createdBy))
        .containsExactly("COPY app");
  }

  private static ImageConfig rebased(String config, String steps) {
    return new RebasedConfig(
            config(config, BASE_HISTORY + (steps.isEmpty() ? "" : ", " + steps)),
            BASE,
            1,
            OTHER,
            Map.of("org.opencontainers.image.base.name", "new"))
        .build(Instant.EPOCH, List.of());
  }

  private static ImageConfig config(String config, String history) {
    return ImageConfig.parse(
        "{'config': {%s}, 'rootfs': {'diff_ids': ['sha256:%s']}, 'history': [%s]}"
            .formatted(config, "a".repeat(64), history)
            .replace('\'', '"')
            .getBytes(StandardCharsets.UTF_8));
  }
}
