package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.app.CiRecipe.Step;
import dev.tare.demo.SampleImages;
import dev.tare.testing.LoopbackFixture;
import dev.tare.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the recipes for CI systems, as the systems would run them. The archive that they
 * fetch is the one that {@code TARE_ARCHIVE} names, else one that starts what is tested here.
 */
@Tag("proof")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CiRecipesIT {
  private static final long PATIENCE_SECONDS = 180;

  private LoopbackFixture registry;
  private String archive = "";

  private Path shared;
  private Path place;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    shared = directory;
    for (String program : List.of("bash", "curl", "tar")) {
      Programs.assumeInstalled(program);
    }
    registry = LoopbackFixture.start();
    SampleImages.of(registry.host(), InstantSource.system()).push();
    archive = Objects.requireNonNullElse(System.getenv("TARE_ARCHIVE"), ofClasses());
  }

  private String ofClasses() throws IOException {
    Path tare = Files.createDirectories(shared.resolve("tare-0/")).resolve("tare");
    Files.writeString(
        tare,
        """
        #!/bin/sh
        exec '%s' --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -cp '%s' dev.tare.app.Tare "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(tare, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path file = shared.resolve("tare-0-linux-x64.tar.gz");
    Programs.run("tar", "-czf", file.toString(), "-C", shared.toString(), "tare-0");
    return file.toUri().toString();
  }

  @AfterAll
  void stop() {
    if (registry != null) {
      registry.close();
    }
  }

  @BeforeEach
  void checkout(@TempDir Path directory) {
    place = directory;
  }

  /** Runs commands as a step of a job; what they print is in what is returned. */
  private CommandLineRun run(List<String> shell, Step step, Map<String, String> environment)
      throws Exception {
    List<String> command = new ArrayList<>(shell);
    command.add(Files.writeString(place.resolve("script"), step.commands()).toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(place.resolve("log").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("TARE_"));
    builder.environment().putAll(CommandLineRun.OFFLINE);
    builder.environment().putAll(step.environment());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + step.commands());
    }
    return new CommandLineRun(process.exitValue(), Files.readString(place.resolve("log")), "");
  }

  private String read(String file) throws IOException {
    return Files.readString(place.resolve(file));
  }

  // --- GitHub

  /** The status of the last step, as GitHub runs those of an action: with {@code shell: bash}. */
  private CommandLineRun action(Map<String, String> inputs) throws Exception {
    Path temp = Files.createDirectories(place.resolve("temp"));
    Map<String, String> context = new HashMap<>();
    context.put("runner.temp", temp.toString());
    context.put("github.action_path", "/nowhere");
    context.put("inputs.archive", archive);
    context.putAll(inputs);
    CommandLineRun last = new CommandLineRun(0, "", "");
    for (Step step : CiRecipe.action(context)) {
      last =
          run(
              List.of("bash", "--noprofile", "--norc", "-e", "-o", "pipefail"),
              step,
              Map.of(
                  "GITHUB_STEP_SUMMARY", place.resolve("step-summary").toString(),
                  "GITHUB_OUTPUT", place.resolve("step-output").toString()));
      if (last.status() != 0) {
        break;
      }
    }
    return last;
  }

  @Test
  void actionFailsByFindingsAndSaysThemInTheSummaryOfTheJob() throws Exception {
    CommandLineRun run = action(Map.of("inputs.targets", registry.host() + "/team/web:1.5\n"));

    assertThat(run.status()).as(run.out()).isEqualTo(1);
    assertThat(read("step-summary")).startsWith("## Tare: 1 of 1 image fails");
    assertThat(read("step-output")).isEqualTo("status=1\n");
    for (String file : List.of("index.html", "report.json", "findings.sarif", "junit.xml")) {
      assertThat(place.resolve("tare-report").resolve(file)).isNotEmptyFile();
    }
    assertThat(place.resolve("tare-report/tickets")).doesNotExist();
    assertThat(place.resolve(".tare-state")).isNotEmptyDirectory();
  }

  @Test
  void actionPassesWhereNothingIsNew() throws Exception {
    String target = registry.host() + "/team/web:1.5";
    assertThat(action(Map.of("inputs.targets", target)).status()).isEqualTo(1);
    CommandLineRun baseline =
        run(
            List.of("sh", "-e"),
            new Step("temp/tare/tare baseline --state .tare-state", Map.of()),
            Map.of());
    assertThat(baseline.status()).as(baseline.out()).isZero();
    Files.delete(place.resolve("step-summary"));

    CommandLineRun run =
        action(Map.of("inputs.targets", target, "inputs.baseline", "tare-baseline.yaml"));

    assertThat(run.status()).as(run.out()).isZero();
    assertThat(read("step-summary"))
        .startsWith("## Tare: 1 image complies")
        .contains("By the baseline ", "findings are known");
    assertThat(read("step-output")).endsWith("status=0\n");
  }

  @Test
  void actionTakesTargetsOfTheConfigurationAndSaysWhatWentWrong() throws Exception {
    Files.writeString(
        place.resolve("tare.yaml"), "targets: [\"" + registry.host() + "/edge/probe:1.0\"]\n");
    CommandLineRun good = action(Map.of("inputs.fail-on", "high"));
    assertThat(good.status()).as(good.out()).isZero();

    CommandLineRun bad = action(Map.of("inputs.baseline", "nowhere.yaml"));

    assertThat(bad.status()).isEqualTo(2);
    assertThat(bad.out()).contains("nowhere.yaml");
    assertThat(read("step-summary")).endsWith("Tare ended with status 2.\n");
    assertThat(read("step-output")).endsWith("status=2\n");
  }

  @Test
  void actionWithoutArchiveRunsItsOwnSources() throws Exception {
    Path sources = Files.createDirectories(place.resolve("sources"));
    Programs.run("sh", "-c", "cp '" + shared + "'/tare-0/tare '" + sources + "'");

    CommandLineRun run =
        action(
            Map.of(
                "inputs.archive",
                "",
                "github.action_path",
                sources.toString(),
                "inputs.targets",
                registry.host() + "/edge/probe:1.0",
                "inputs.fail-on",
                "high"));

    assertThat(run.status()).as(run.out()).isZero();
    assertThat(CiRecipe.ROOT.resolve("tare")).as("what is there in the sources").isExecutable();
  }

  // --- GitLab

  @Test
  void jobOfGitLabLeavesWhatItDeclares() throws Exception {
    Step job =
        CiRecipe.gitlab(
            Map.of(
                "CI_REGISTRY_IMAGE", registry.host() + "/team/web",
                "CI_COMMIT_REF_SLUG", "1.5",
                "CI_REGISTRY_USER", "gitlab-ci-token",
                "CI_REGISTRY_PASSWORD", "secret",
                "CI_REGISTRY", registry.host()));

    CommandLineRun run =
        run(List.of("bash", "-e", "-o", "pipefail"), job, Map.of("TARE_ARCHIVE", archive));

    assertThat(run.status()).as(run.out()).isEqualTo(1);
    assertThat(run.out()).contains("0 compliant, 1 failing");
    var artifacts = CiRecipe.yaml("docs/ci/gitlab.yml").path("tare").path("artifacts");
    assertThat(artifacts.path("reports").valueStream())
        .hasSize(2)
        .allSatisfy(file -> assertThat(place.resolve(file.asString())).isNotEmptyFile());
    assertThat(artifacts.path("paths").valueStream())
        .allSatisfy(path -> assertThat(place.resolve(path.asString())).isNotEmptyDirectory());
    assertThat(place.resolve("tare-report/summary.md")).content().startsWith("## Tare: ");
  }

  // --- Jenkins

  @Test
  void pipelineOfJenkinsLeavesWhatItPublishes() throws Exception {
    CommandLineRun last = new CommandLineRun(0, "", "");
    for (Step step : CiRecipe.jenkins()) {
      assertThat(last.status()).as(last.out()).isZero();
      last =
          run(
              List.of("sh", "-xe"),
              step,
              Map.of(
                  "TARE_ARCHIVE",
                  archive,
                  "TARE_TARGETS",
                  registry.host() + "/team/web:1.4\n" + registry.host() + "/team/web:1.5",
                  "TARE_REGISTRY_HOST",
                  registry.host()));
    }

    assertThat(last.status()).as(last.out()).isEqualTo(1);
    assertThat(last.out()).contains("0 compliant, 2 failing").doesNotContain("secret");
    String pipeline = Files.readString(CiRecipe.ROOT.resolve("docs/ci/Jenkinsfile"));
    assertThat(pipeline)
        .contains("testResults: 'tare-report/junit.xml'", "pattern: 'tare-report/findings*.sarif'");
    assertThat(place.resolve("tare-report/junit.xml")).isNotEmptyFile();
    assertThat(place.resolve("tare-report/findings.sarif")).isNotEmptyFile();
  }
}
