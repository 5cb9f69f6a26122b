package dev.tare.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameworksTest {
  @TempDir private Path directory;

  @Test
  void threeAreShipped() {
    assertThat(Frameworks.shipped())
        .extracting(Framework::id)
        .containsExactly("cis-docker", "nist-800-190", "kubernetes-hardening");
    assertThat(Frameworks.shipped().getFirst().controls()).extracting(Control::id).contains("4.11");
  }

  @Test
  void controlIsJudgedByRulesThatNameItAndByThoseTheFileNames() throws IOException {
    Framework own =
        Frameworks.with(
                List.of(
                    file(
                        """
                        framework: acme
                        controls:
                          - {id: A.1, title: One}
                          - {id: A.2, title: Two, rules: [R-2]}
                          - {id: A.3, title: Three, manual: Ask.}
                          - {id: A.4, title: Four}
                        """)))
            .getLast();
    List<RuleDoc> rules =
        List.of(rule("R-1", Map.of("acme", List.of("A.1"))), rule("R-2", Map.of()));

    assertThat(own.rulesOf(own.controls().get(0), rules))
        .extracting(RuleDoc::id)
        .containsExactly("R-1");
    assertThat(own.rulesOf(own.controls().get(1), rules))
        .extracting(RuleDoc::id)
        .containsExactly("R-2");
    assertThat(own.controls())
        .extracting(control -> own.coverage(control, rules).word())
        .containsExactly("rules", "rules", "manual", "not covered");
  }

  @Test
  void whatImagesCanSayOfAControlIsChecked() throws IOException {
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() ->
            Frameworks.with(
                List.of(
                    file("framework: acme\ncontrols: [{id: A.1, title: One, evidence: some}]\n"))))
        .withMessageContaining("control A.1: evidence some");
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() ->
            Frameworks.with(
                List.of(
                    file(
                        """
                        framework: acme
                        controls: [{id: A.1, title: One, evidence: violation-only}]
                        """))))
        .withMessageContaining("control A.1 is violation-only and manual is missing");
  }

  /** Chapter 5 of the benchmark is about containers that run, which no image shows. */
  @Test
  void noImageSatisfiesAControlOfRunningContainers() {
    assertThat(
            Frameworks.shipped().getFirst().controls().stream()
                .filter(control -> control.id().startsWith("5.")))
        .hasSize(32)
        .allSatisfy(control -> assertThat(control.manual()).isNotNull())
        .filteredOn(control -> List.of("5.4", "5.6", "5.8", "5.26", "5.32").contains(control.id()))
        .hasSize(5)
        .allSatisfy(
            control -> assertThat(control.evidence()).isEqualTo(Control.Evidence.VIOLATION_ONLY));
  }

  @Test
  void ownFileTakesThePlaceOfAShippedOne() throws IOException {
    Path own = file("framework: cis-docker\ncontrols: [{id: \"4.1\", title: User}]\n");
    assertThat(Frameworks.with(List.of(own)))
        .hasSize(3)
        .first()
        .satisfies(framework -> assertThat(framework.controls()).hasSize(1));
  }

  @Test
  void fileOfAnotherFormIsRefused() throws IOException {
    refused(directory.resolve("none.yaml"), "no readable file");
    refused(file("framework: a\ncontrols: [{id: \"1\", titel: x}]"), "titel");
    refused(file("framework: a\ncontrols: [{id: \"1\"}]"), "controls.title is missing");
    refused(file("framework: a\n"), "controls is missing");
    refused(file("a: [b"), "");
    refused(file(""), "");
    refused(
        file("framework: a\ncontrols: [{id: \"1\", title: x}, {id: \"1\", title: y}]"),
        "control 1 is there twice");
  }

  private static void refused(Path file, String why) {
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() -> Frameworks.with(List.of(file)))
        .withMessageContaining("framework " + file)
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE));
  }

  private static RuleDoc rule(String id, Map<String, List<String>> controls) {
    return new RuleDoc(
        id, "", "", Severity.LOW, "", ActionKind.OTHER, "", "", List.of(), controls, "");
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("own.yaml"), yaml);
  }
}
