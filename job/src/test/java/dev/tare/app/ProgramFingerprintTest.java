package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgramFingerprintTest {
  private static CodeSource at(@Nullable String location) throws MalformedURLException {
    return new CodeSource(
        location == null ? null : URI.create(location).toURL(), (Certificate[]) null);
  }

  /** As of classes out of an archive that was made elsewhere: there, or nowhere. */
  @Test
  void programIsTheJarThatWasStarted() throws MalformedURLException {
    Path started = Path.of("/opt/tare/tare.jar");

    assertThat(ProgramFingerprint.place("/opt/tare/tare.jar", at(null))).isEqualTo(started);
    assertThat(ProgramFingerprint.place("/opt/tare/tare.jar", at("file:/build/tare.jar")))
        .isEqualTo(started);
    assertThat(ProgramFingerprint.place("/opt/tare/tare.jar", null)).isEqualTo(started);
  }

  @Test
  void programIsWhereItsClassesAreWhereNoJarWasStarted() throws MalformedURLException {
    String classPath = "/build/classes" + File.pathSeparator + "/lib/a.jar";

    assertThat(ProgramFingerprint.place(classPath, at("file:/build/classes/")))
        .isEqualTo(Path.of("/build/classes"));
    assertThat(ProgramFingerprint.place("/build/classes", at("file:/build/classes/")))
        .isEqualTo(Path.of("/build/classes"));
  }
}
