package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.Outcome;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.Severity;
import dev.tare.oci.Digest;
import dev.tare.testing.TestImages;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A bundle as {@code opa build -t wasm} makes it of sources that people have for Conftest, which
 * know nothing of Tare. In {@code conftest/sources}:
 *
 * <pre>
 * opa build -t wasm -e main/deny -e main/deny_root -e main/violation -e team/size/warn -o ../acme.tar.gz .
 * </pre>
 */
class ConftestBundleTest {
  private static final Path FOLDER =
      TestImages.repository().resolve("job/src/test/resources/conftest");
  private static final Path ARCHIVE = FOLDER.resolve("acme.tar.gz");

  @TempDir private Path directory;

  @Test
  void archiveIsTheOneWhoseDigestIsWritten() throws IOException {
    assertThat(Files.readString(FOLDER.resolve("acme.tar.gz.sha256")))
        .startsWith(
            Digest.sha256(Files.readAllBytes(ARCHIVE)).toString().substring("sha256:".length()));
  }

  @Test
  void eachEntrypointIsARule() {
    assertThat(judged(ARCHIVE.toString(), "{}"))
        .extracting(o -> o.rule() + " " + o.kind().word() + " " + o.severity().word())
        .containsExactly(
            "ACME-MAIN-DENY fail medium",
            "ACME-MAIN-DENY-ROOT pass high",
            "ACME-MAIN-VIOLATION pass high",
            "ACME-TEAM-SIZE-WARN fail low");
    Outcome layers = judged(ARCHIVE.toString(), "{}").getFirst();
    assertThat(layers.message()).isEqualTo("2 layers, 1 are allowed");
    assertThat(layers.evidence().path("found").asInt()).isEqualTo(1);
    assertThat(layers.evidence().path("items").path(0).asString("")).isEqualTo(layers.message());
  }

  @Test
  void metadataOfARuleDocumentsIt() {
    List<RuleDoc> rules = BundleReader.read(ARCHIVE).rules();
    assertThat(rules.getFirst().title()).isEqualTo("Too many layers");
    assertThat(rules.getFirst().severity()).isEqualTo(Severity.MEDIUM);
    assertThat(rules.getFirst().controls()).isEqualTo(Map.of("cis-docker", List.of("4.3")));
    assertThat(rules.getLast().title()).isEqualTo("Rule warn of package team.size");
  }

  @Test
  void unpackedItIsTheSameAlsoInAFolderOfItsOwn() throws IOException {
    Path unpacked = unpack(directory.resolve("outer/acme"));
    Bundle archive = BundleReader.read(ARCHIVE);
    assertThat(BundleReader.read(unpacked).digest()).isEqualTo(archive.digest());
    assertThat(judged(unpacked.toString(), "{}")).isEqualTo(judged(ARCHIVE.toString(), "{}"));
    assertThat(BundleReader.read(directory.resolve("outer")).digest()).isEqualTo(archive.digest());
  }

  @Test
  void settingsHoldForItsRulesToo() {
    assertThat(
            judged(
                ARCHIVE.toString(),
                "rules: {ACME-MAIN-DENY: {enabled: false}, ACME-TEAM-SIZE-WARN: {severity: critical}}"))
        .extracting(o -> o.kind().word() + " " + o.severity().word())
        .containsExactly("not-applicable medium", "pass high", "pass high", "fail critical");
  }

  private static List<Outcome> judged(String location, String settings) {
    JsonNode node = new YAMLMapper().readTree(settings);
    try (PolicyEngine engine = PolicyEngines.open(List.of(location), PolicySettings.of(node))) {
      return engine.evaluate(Examples.clean()).stream()
          .filter(outcome -> outcome.rule().startsWith("ACME-"))
          .toList();
    }
  }

  private static Path unpack(Path target) throws IOException {
    try (InputStream file = Files.newInputStream(ARCHIVE);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new GZIPInputStream(new BufferedInputStream(file)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName().substring(1));
        Files.createDirectories(path.resolveSibling("."));
        Files.write(path, tar.readAllBytes());
      }
    }
    return target;
  }
}
