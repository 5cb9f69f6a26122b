package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.compiler.internal.Compiler;
import dev.tare.testing.Programs;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of {@code src/main/jvm}: java ignores a pattern that matches nothing, and says nothing.
 */
class JvmOptionsTest {
  private static final Path JVM = Path.of("src", "main", "jvm");
  private static final Path DIRECTIVES = JVM.resolve("compiler-directives.json");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private static Stream<String> patterns() {
    return JsonMapper.builder()
        .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
        .build()
        .readTree(DIRECTIVES.toFile())
        .valueStream()
        .flatMap(directive -> directive.path("match").valueStream())
        .map(match -> match.asString())
        .filter(match -> !match.equals("*.*"));
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void directiveNamesClassesThatExist(String pattern) {
    assertThat(pattern).endsWith(".*");
    String classes = pattern.substring(0, pattern.length() - 2);
    assertThat(classes.endsWith("/*") ? holdsClasses(classes) : isClass(classes.replace("*", "")))
        .as(pattern)
        .isTrue();
  }

  private static boolean isClass(String name) {
    return ClassLoader.getSystemResource(name + ".class") != null;
  }

  /** A package of a library or of Java, or the one that classes made from users' policies get. */
  private static boolean holdsClasses(String pattern) {
    String directory = pattern.substring(0, pattern.length() - 1);
    return ClassLoader.getSystemResource(directory) != null
        || Files.exists(
            FileSystems.getFileSystem(URI.create("jrt:/"))
                .getPath(
                    "packages", directory.substring(0, directory.length() - 1).replace('/', '.')))
        || Compiler.DEFAULT_CLASS_NAME.replace('.', '/').startsWith(directory);
  }

  /** Java refuses an option that it does not have, and directives that are none. */
  @Test
  void javaHasTheOptions() {
    assertThat(
            Programs.run(
                JAVA.toString(),
                "@" + JVM.resolve("java.options"),
                "-XX:CompilerDirectivesFile=" + DIRECTIVES,
                "--version"))
        .doesNotContain("warning");
  }
}
