package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.ImageLayout;
import dev.tare.testing.LayerTar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A report says what its run was told to look at, and by what to judge it. */
class RunTermsIT {
  @TempDir private Path directory;

  @BeforeEach
  void images() throws IOException {
    Files.writeString(
        directory.resolve("tare.yaml"),
        "settings: {rules: {TARE-LAYER-001: {severity: low}}}\nexclude: ['**:old*']\n");
    Files.writeString(directory.resolve("accepted.yaml"), "waivers: []\n");
    ImageLayout layout = ImageLayout.in(directory.resolve("layout"));
    layout.image("new", LayerTar.of().file("srv/a", "a").gzip());
    layout.image("old", LayerTar.of().file("srv/b", "b").gzip());
    layout.write();
  }

  private JsonNode tare(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("-c", directory.resolve("tare.yaml").toString()));
    arguments.addAll(List.of("--state", directory.resolve("state").toString()));
    arguments.addAll(List.of("-o", directory.resolve("out-" + command).toString()));
    arguments.addAll(List.of("--format", "json,compliance"));
    arguments.addAll(List.of(more));
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isIn(0, 1);
    return WrittenReport.in(directory.resolve("out-" + command)).root().path("terms");
  }

  private String compliance(String command) throws IOException {
    return Files.readString(directory.resolve("out-" + command).resolve("compliance.md"));
  }

  @Test
  void scanSaysWhatItWasTold() throws IOException {
    JsonNode terms =
        tare(
            "scan",
            "oci:" + directory.resolve("layout"),
            "--waivers",
            directory.resolve("accepted.yaml").toString(),
            "--profile",
            "dev",
            "--trust-sbom",
            "/opt/bitnami/**");
    assertThat(terms.at("/scope/trustedSboms").toString()).isEqualTo("[\"/opt/bitnami/**\"]");
    assertThat(terms.at("/scope/exclude").toString()).isEqualTo("[\"**:old*\"]");
    assertThat(terms.at("/scope/newestTags").intValue()).isZero();
    assertThat(terms.at("/judging/profile").stringValue()).isEqualTo("dev");
    assertThat(terms.at("/judging/waivers").stringValue()).isEqualTo("accepted.yaml");
    assertThat(terms.at("/judging/baseline").isNull()).isTrue();
    assertThat(terms.at("/judging/settings/rules/TARE-LAYER-001/severity").stringValue())
        .isEqualTo("low");
    assertThat(terms.path("program").stringValue()).hasSize(64);
    assertThat(compliance("scan"))
        .contains("|Left out|\\*\\*:old\\*|")
        .contains("|SBOMs in images taken for measured|/opt/bitnami/\\*\\*|")
        .contains("|Profile|dev|")
        .contains("|Waivers|accepted.yaml|")
        .contains("TARE-LAYER-001")
        .contains(":new|")
        .doesNotContain(":old|");
  }

  @Test
  void evaluationHasTheScopeOfItsFactsAndTermsOfItsOwn() throws IOException {
    tare("scan", "oci:" + directory.resolve("layout"));
    JsonNode terms = tare("evaluate", "--profile", "dev");
    assertThat(terms.at("/scope/exclude").toString()).isEqualTo("[\"**:old*\"]");
    assertThat(terms.at("/judging/profile").stringValue()).isEqualTo("dev");
    assertThat(compliance("evaluate")).contains("|Facts|those that the run ");
  }

  @Test
  void whatABaselineWaivesIsSaidToBeWaivedByIt() throws IOException {
    Files.writeString(
        directory.resolve("tare.yaml"), "settings: {rules: {TARE-USER-004: {severity: low}}}\n");
    tare("scan", "oci:" + directory.resolve("layout"));
    assertThat(compliance("scan")).contains("The run was given none.");
    Path known = directory.resolve("known.yaml");
    CommandLineRun run =
        CommandLineRun.of(
            "baseline", "--state", directory.resolve("state").toString(), "-o", known.toString());
    assertThat(run.status()).as(run.err()).isZero();
    tare("evaluate", "--baseline", known.toString());
    assertThat(compliance("evaluate"))
        .contains("What the baseline known.yaml says is known is waived by it")
        .contains("Waived by baseline until");
  }

  @Test
  void reportOfAnEarlierRunSaysTheSame() throws IOException {
    JsonNode scanned = tare("scan", "oci:" + directory.resolve("layout"), "--tags", "3");
    assertThat(scanned.at("/scope/newestTags").intValue()).isEqualTo(3);
    assertThat(tare("report")).isEqualTo(scanned);
    assertThat(compliance("report")).contains("|Tags of a repository|the newest 3|");
  }
}
