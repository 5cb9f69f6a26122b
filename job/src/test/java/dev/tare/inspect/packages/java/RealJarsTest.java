package dev.tare.inspect.packages.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The jars that these tests run with, by Maven, Gradle, Ant and Bazel. Where they lie in Maven's
 * repository says what they are: {@code org/springframework/spring-core/7.0.8/spring-core-….jar}.
 */
class RealJarsTest {
  private final List<String> failures = new ArrayList<>();

  /** What a jar is, as the repository has it. */
  private record Artifact(Path jar, String group, String name, String version) {
    static Artifact of(Path jar) {
      Path version = Objects.requireNonNull(jar.getParent());
      Path name = Objects.requireNonNull(version.getParent());
      Path group = Objects.requireNonNull(name.getParent());
      int root = group.toString().lastIndexOf("repository" + File.separator);
      return new Artifact(
          jar,
          group.toString().substring(root + 11).replace(File.separatorChar, '.'),
          name.getFileName().toString(),
          version.getFileName().toString());
    }
  }

  @Test
  void everyJarIsWhatTheRepositorySays() throws IOException {
    List<Artifact> artifacts = artifacts();
    assumeThat(artifacts).as("jars of a Maven repository on the class path").hasSizeGreaterThan(50);

    for (Artifact artifact : artifacts) {
      List<PackageRecord> packages = packages(artifact.jar());
      PackageRecord own =
          packages.stream()
              .filter(item ->
                  item.name().substring(item.name().indexOf(':') + 1).equals(artifact.name()))
              .findFirst()
              .orElseThrow(() -> new AssertionError(artifact + ": " + packages));
      assertThat(own.version()).as(artifact.toString()).isEqualTo(artifact.version());
      if (own.name().contains(":")) {
        assertThat(own.name()).isEqualTo(artifact.group() + ":" + artifact.name());
      } else {
        assertThat(own.confidence()).as(artifact.toString()).isLessThan(1);
      }
    }
    assertThat(failures).isEmpty();
  }

  /**
   * What the Java cataloger of syft 1.18.0 finds in them: the same names and versions. Its groups
   * where no {@code pom.properties} says one are guesses by lists of known artifacts, bundles and
   * module names, and it does not say which; here such a jar has no group and no package URL:
   *
   * <ul>
   *   <li>spring-core: its list says {@code org.springframework}, which is right, and nothing in
   *       the jar says it;
   *   <li>micrometer-core: {@code io.micrometer}, here too, by the title, which has all three;
   *   <li>asm-analysis: {@code org.objectweb.asm.tree.analysis}, a bundle's name; the group is
   *       {@code org.ow2.asm};
   *   <li>opentelemetry-sdk-trace: {@code io.opentelemetry.sdk.trace}, a module's name; the group
   *       is {@code io.opentelemetry};
   *   <li>jna: {@code com.sun.jna}; the group is {@code net.java.dev.jna};
   *   <li>xz: {@code org.tukaani.xz}; the group is {@code org.tukaani};
   *   <li>h2, postgresql and zstd-jni: guessed right.
   * </ul>
   *
   * <p>What other jars have shaded is found by both, with the jar itself beside it.
   */
  @ParameterizedTest
  @CsvSource({
    "asm-analysis, org.objectweb.asm.tree.analysis, asm-analysis",
    "docker-java-transport-zerodep, com.github.docker-java,"
        + " com.github.docker-java:docker-java-transport-zerodep"
        + " com.github.docker-java:docker-java-transport-httpclient5"
        + " org.apache.httpcomponents.client5:httpclient5"
        + " org.apache.httpcomponents.core5:httpcore5"
        + " org.apache.httpcomponents.core5:httpcore5-h2",
    "h2, com.h2database, h2",
    "jna, com.sun.jna, jna",
    "micrometer-core, io.micrometer, io.micrometer:micrometer-core",
    "netty-common, io.netty, io.netty:netty-common org.jctools:jctools-core",
    "opentelemetry-sdk-trace, io.opentelemetry.sdk.trace,"
        + " opentelemetry-sdk-trace org.jctools:jctools-core",
    "postgresql, org.postgresql, postgresql",
    "spring-core, org.springframework, spring-core",
    "woodstox-core, com.fasterxml.woodstox, com.fasterxml.woodstox:woodstox-core"
        + " net.java.dev.msv:xsdlib com.sun.xml.bind.jaxb:isorelax",
    "xz, org.tukaani.xz, xz",
    "zstd-jni, com.github.luben, zstd-jni",
  })
  void namesAreThoseThatSyftFindsAndGroupsAreNotGuessed(
      String artifact, String groupOfSyft, String expected) throws IOException {
    List<Artifact> found = artifacts().stream().filter(one -> one.name().equals(artifact)).toList();
    assumeThat(found).as(artifact + " on the class path").isNotEmpty();

    List<String> names =
        packages(found.getFirst().jar()).stream().map(PackageRecord::name).toList();

    assertThat(names).containsExactlyInAnyOrder(expected.split(" ", -1));
    assertThat(names.contains(groupOfSyft + ":" + artifact))
        .as("the group is stated")
        .isEqualTo(!names.contains(artifact));
    assertThat(failures).isEmpty();
  }

  private static List<Artifact> artifacts() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(path -> path.endsWith(".jar"))
        .map(Path::of)
        .filter(path -> path.toString().contains(File.separator + "repository" + File.separator))
        .map(Artifact::of)
        .toList();
  }

  private List<PackageRecord> packages(Path jar) throws IOException {
    byte[] content = Files.readAllBytes(jar);
    LayerFile file = LayerFile.of(jar.toString(), content.length, 0644);
    byte[] kept = Objects.requireNonNull(new JavaReader().wants(file)).reduce(content);
    return PackageText.packages(kept, (item, path) -> {}, failures::add);
  }
}
