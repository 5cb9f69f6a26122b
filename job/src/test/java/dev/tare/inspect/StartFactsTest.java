package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.facts.Fact;
import dev.tare.layer.AbsentLayer;
import dev.tare.layer.LayerFacts;
import dev.tare.layer.LayerLimits;
import dev.tare.layer.LayerScanner;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the image starts, and whether it is there. */
class StartFactsTest {
  private static final byte[] ELF = "\u007fELF-and-more".getBytes(StandardCharsets.US_ASCII);

  private static final LayerTar NGINX =
      LayerTar.of().executable("usr/sbin/nginx", ELF).symlink("sbin", "usr/sbin");

  @Test
  void pathThatLeadsToNoFileDoesNotExistAndOthersOfItsNameAreSaid() {
    assertThat(start(List.of("/usr/bin/nginx", "-g", "daemon off;"), NGINX))
        .containsExactly(missing("/usr/bin/nginx", null, "/usr/sbin/nginx"));
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/sbin/nginx, /usr/sbin/nginx",
    "/sbin/nginx, /sbin/nginx",
    "/usr/../sbin//nginx, /usr/../sbin/nginx",
    "usr/sbin/nginx, /usr/sbin/nginx",
    "./usr/sbin/nginx, /usr/sbin/nginx",
  })
  void pathIsFollowedThroughLinksAndFromTheWorkingDirectory(String command, String path) {
    assertThat(start(List.of(command), NGINX)).containsExactly(found(command, null, path));
  }

  @Test
  void nameIsLookedForAlongThePathOfTheConfig() {
    List<String> nginx = List.of("nginx");
    assertThat(start(nginx, NGINX)).containsExactly(found("nginx", null, "/usr/sbin/nginx"));
    assertThat(inspect(List.of("PATH=/opt/bin:/usr/bin"), nginx, NGINX).start())
        .containsExactly(missing("nginx", null, "/usr/sbin/nginx"));
  }

  @Test
  void nameInAPathWithRelativeDirectoriesIsNotKnown() {
    ImageFacts facts = inspect(List.of("PATH=/opt/bin:bin"), List.of("nginx"), NGINX);
    assertThat(facts.start()).containsExactly(unknown("nginx"));
    assertThat(facts.gaps()).anyMatch(gap -> gap.fact() == Fact.START);
  }

  /** A program for glibc in an image of Alpine: the kernel says "no such file or directory". */
  @Test
  void interpreterThatIsNotThereIsOneMoreProgramThatDoesNotExist() {
    String loader = "/lib64/ld-linux-x86-64.so.2";
    LayerTar app = LayerTar.of().executable("app", ElfFiles.linked(loader, "libc.so.6"));
    List<String> command = List.of("/app");
    assertThat(start(command, app))
        .containsExactly(found("/app", null, "/app"), missing(loader, "/app"));
    assertThat(
            start(
                command,
                app.executable("usr/lib/x86_64-linux-gnu/ld.so", ELF)
                    .symlink("lib64", "usr/lib64")
                    .symlink("usr/lib64/ld-linux-x86-64.so.2", "../lib/x86_64-linux-gnu/ld.so")))
        .containsExactly(found("/app", null, "/app"));
    assertThat(start(command, app.file("lib64/ld-linux-x86-64.so.2", "no mode of a program")))
        .as("the kernel does not ask whether it may be executed")
        .containsExactly(found("/app", null, "/app"));
  }

  @Test
  void linksAreFollowedToFilesOfOtherNames() {
    LayerTar layer =
        LayerTar.of()
            .executable("opt/jdk/bin/java", ELF)
            .symlink("etc/alternatives/java", "/opt/jdk/bin/java")
            .symlink("usr/bin/java", "/etc/alternatives/java")
            .symlink("usr/bin/gone", "/opt/gone")
            .symlink("usr/bin/loop", "loop");
    assertThat(start(List.of("java"), layer)).containsExactly(found("java", null, "/usr/bin/java"));
    assertThat(start(List.of("/usr/bin/gone"), layer))
        .containsExactly(missing("/usr/bin/gone", null));
    assertThat(start(List.of("/usr/bin/loop"), layer))
        .containsExactly(missing("/usr/bin/loop", null));
  }

  @Test
  void hardLinkIsTheFile() {
    assertThat(start(List.of("/app"), NGINX, LayerTar.of().hardLink("app", "usr/sbin/nginx")))
        .containsExactly(found("/app", null, "/app"));
  }

  @Test
  void whatALaterLayerDeletedDoesNotExist() {
    assertThat(start(List.of("/usr/sbin/nginx"), NGINX, LayerTar.of().whiteout("usr/sbin/nginx")))
        .containsExactly(missing("/usr/sbin/nginx", null));
  }

  @Test
  void whatNobodyMayExecuteIsThereAllTheSame() {
    LayerTar layer =
        LayerTar.of()
            .file("app/run.sh", "#!/bin/sh\n".getBytes(StandardCharsets.US_ASCII), 0644)
            .executable("app/data", "neither ELF nor script")
            .directory("app/bin");
    assertThat(start(List.of("/app/run.sh"), layer)).containsExactly(notExecutable("/app/run.sh"));
    assertThat(start(List.of("/app/bin"), layer)).containsExactly(notExecutable("/app/bin"));
    assertThat(start(List.of("/app/data"), layer))
        .containsExactly(found("/app/data", null, "/app/data"));
  }

  @Test
  void fileWithoutTheRightIsPassedOverOnPath() {
    LayerTar layer =
        LayerTar.of().file("usr/local/bin/app", ELF, 0644).executable("usr/bin/app", ELF);
    assertThat(start(List.of("app"), layer)).containsExactly(found("app", null, "/usr/bin/app"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bin/app",
        "exec /bin/app --port $PORT",
        "  exec /bin/app \"$@\"",
      })
  void oneCommandOfAShellHasToBeThere(String text) {
    LayerTar shell = LayerTar.of().executable("bin/sh", ELF);
    assertThat(start(List.of("/bin/sh", "-c", text), shell))
        .containsExactly(found("/bin/sh", null, "/bin/sh"), missing("/bin/app", "/bin/sh"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app", // It may be an applet, a function, a builtin.
        "/bin/app || /bin/other",
        "[ -x /bin/app ] && /bin/app",
        "$JAVA_HOME/bin/java",
        "if true; then /bin/app; fi",
        "/bin/app; sleep 1",
        "`which app`",
      })
  void whatAShellMayNotStartIsNotSaid(String text) {
    LayerTar shell = LayerTar.of().executable("bin/sh", ELF);
    assertThat(start(List.of("/bin/sh", "-c", text), shell))
        .containsExactly(found("/bin/sh", null, "/bin/sh"));
  }

  @Test
  void whatWrappersStartHasToBeThere() {
    LayerTar tini =
        LayerTar.of()
            .executable("sbin/tini", ELF)
            .executable("bin/gosu", ELF)
            .executable("usr/bin/env", ELF);
    assertThat(start(List.of("/sbin/tini", "-e", "143", "--", "gosu", "app", "/bin/app"), tini))
        .containsExactly(
            found("/sbin/tini", null, "/sbin/tini"),
            found("gosu", "/sbin/tini", "/bin/gosu"),
            missing("/bin/app", "gosu"));
    assertThat(start(List.of("/usr/bin/env", "A=b", "app"), tini))
        .containsExactly(
            found("/usr/bin/env", null, "/usr/bin/env"), missing("app", "/usr/bin/env"));
    assertThat(start(List.of("/usr/bin/env", "PATH=/opt", "app"), tini)).hasSize(1);
    assertThat(start(List.of("/sbin/tini", "-e", "143", "app"), tini)).hasSize(1);
  }

  /** {@code tini app -- serve}, as {@code npm run x -- --flag} has it. */
  @Test
  void dashesBehindACommandAreTheCommands() {
    LayerTar tini = LayerTar.of().executable("sbin/tini", ELF).executable("bin/app", ELF);
    assertThat(start(List.of("/sbin/tini", "/bin/app", "--", "serve"), tini))
        .containsExactly(
            found("/sbin/tini", null, "/sbin/tini"), found("/bin/app", "/sbin/tini", "/bin/app"));
    assertThat(start(List.of("/sbin/tini", "-g", "/bin/app", "--", "serve"), tini)).hasSize(1);
    assertThat(start(List.of("/sbin/tini", "-p", "SIGTERM", "-g", "--", "/bin/app"), tini))
        .hasSize(2);
  }

  @Test
  void noCommandIsNoRow() {
    assertThat(start(List.of(), NGINX)).isEmpty();
  }

  @Test
  void whatRuntimesMountIsNotKnown() {
    LayerTar layer = LayerTar.of().symlink("app", "/proc/self/exe");
    assertThat(start(List.of("/app"), layer)).containsExactly(unknown("/app"));
  }

  @Test
  void whatALayerThatWasNotReadMayHoldIsNotKnown() {
    Descriptor absent =
        new Descriptor(
            "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
            Digest.sha256(new byte[] {1}),
            1);
    byte[] bytes = NGINX.gzip().bytes();
    Descriptor read = new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.sha256(bytes), bytes.length);
    LayerFacts facts =
        new LayerScanner(new KeptContent(), LayerLimits.DEFAULTS)
            .scan(new ByteArrayInputStream(bytes), read);
    String config =
        """
        {"os": "linux", "architecture": "amd64", "config": {"Entrypoint": ["/app"]},
         "rootfs": {"type": "layers", "diff_ids": ["%s", "%s"]}}
        """
            .formatted(read.digest(), absent.digest());
    ImageFacts image =
        RealImages.inspect(
            ImageConfig.parse(config.getBytes(StandardCharsets.UTF_8)),
            List.of(read, absent),
            List.of(facts, AbsentLayer.of(absent)),
            RealImages.NO_LINEAGE);
    assertThat(image.start()).containsExactly(unknown("/app"));
  }

  private static ImageFacts.Start found(String command, @Nullable String by, String path) {
    return new ImageFacts.Start(command, by, path, true, true, List.of());
  }

  private static ImageFacts.Start notExecutable(String path) {
    return new ImageFacts.Start(path, null, path, true, false, List.of());
  }

  private static ImageFacts.Start missing(
      String command, @Nullable String by, String... elsewhere) {
    return new ImageFacts.Start(command, by, null, false, null, List.of(elsewhere));
  }

  private static ImageFacts.Start unknown(String command) {
    return new ImageFacts.Start(command, null, null, null, null, List.of());
  }

  private static List<ImageFacts.Start> start(List<String> entrypoint, LayerTar... layers) {
    return inspect(List.of(), entrypoint, layers).start();
  }

  private static ImageFacts inspect(List<String> env, List<String> entrypoint, LayerTar... layers) {
    return RealImages.inspect(
        config(env, entrypoint),
        Arrays.stream(layers)
            .map(tar -> new RealImages.Blob(tar.gzip().bytes(), MediaTypes.OCI_LAYER_GZIP))
            .toList(),
        RealImages.NO_LINEAGE);
  }

  private static ImageConfig config(List<String> env, List<String> entrypoint) {
    return RealImages.config(env, entrypoint, null);
  }
}
