package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * The compiled bundle is committed, because its compiler is no JVM library; this holds it to its
 * sources.
 */
class BundleSourcesTest {
  private static final Path POLICIES = Examples.policies();

  @Test
  void bundleWasBuiltFromTheseSources() throws IOException {
    String lines =
        sources().stream()
            .map(path -> hex(content(POLICIES.resolve(path))) + "  " + path + "\n")
            .collect(Collectors.joining());
    assertThat(sourcesThatTheBundleStates())
        .as("run policies/build: the bundle is older than its sources")
        .isEqualTo(hex(lines.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void profilesThatSettingsMayNameAreThoseOfTheBundle() {
    assertThat(PolicyEngines.builtIn().data().at("/tare/settings/profiles").propertyNames())
        .containsExactlyInAnyOrderElementsOf(ProfileSelector.BUILT_IN);
  }

  /** As policies/build lists them: bytewise by path. */
  private static List<String> sources() throws IOException {
    try (Stream<Path> library = Files.walk(POLICIES.resolve("tare"))) {
      return Stream.concat(
              Stream.of(".manifest", "capabilities.json"),
              library
                  .filter(Files::isRegularFile)
                  .map(file -> POLICIES.relativize(file).toString().replace('\\', '/')))
          .filter(path -> !path.endsWith("_test.rego") && !path.contains("/examples/"))
          .sorted()
          .toList();
    }
  }

  private static String sourcesThatTheBundleStates() throws IOException {
    try (InputStream file = Files.newInputStream(POLICIES.resolve("bundle/tare.tar.gz"));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().equals(".manifest")) {
          return JsonMapper.shared()
              .readTree(tar.readAllBytes())
              .at("/metadata/sources")
              .asString();
        }
      }
    }
    throw new AssertionError("the bundle has no .manifest");
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String hex(byte[] content) {
    return Digest.sha256(content).toString().substring("sha256:".length());
  }
}
