package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tare.facts.Fact;
import dev.tare.inspect.program.ElfLinkage;
import dev.tare.inspect.program.MultiCallBinary;
import dev.tare.inspect.program.ProgramMarks;
import dev.tare.inspect.program.ProgramReader;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import dev.tare.testing.Programs;
import dev.tare.testing.TestImages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolFactsTest {
  private static final byte[] ELF = "\u007fELF-and-more".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SCRIPT = "#!/bin/sh\n".getBytes(StandardCharsets.US_ASCII);

  @Test
  void whatCannotBeExecutedIsNoTool() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("usr/bin/wget", ELF, 0644)
                .directory("usr/lib/git")
                .file("usr/bin/nmap", "just text".getBytes(StandardCharsets.UTF_8), 0755)
                .executable("usr/share/bash-completion/completions/curl", SCRIPT)
                .executable("etc/cron.daily/dpkg", SCRIPT)
                .executable("usr/lib/apt/methods/http", ELF)
                .symlink("usr/bin/socat", "nowhere"));

    assertThat(facts.tools()).isEmpty();
  }

  @Test
  void versionedAndPrefixedNamesAreTheListedTool() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .executable("usr/bin/python3.12", ELF)
                .executable("usr/bin/x86_64-linux-gnu-gcc-13", ELF)
                .executable("usr/bin/pythonista", ELF)
                .executable("opt/venv/bin/pip3", SCRIPT));

    assertThat(facts.tools())
        .extracting(tool -> tool.name() + " " + tool.category() + " " + tool.path())
        .containsExactly(
            "pip language-package-manager /opt/venv/bin/pip3",
            "python runtime /usr/bin/python3.12",
            "gcc compiler-build /usr/bin/x86_64-linux-gnu-gcc-13");
    assertThat(facts.tools())
        .extracting(ImageFacts.Tool::onPath)
        .containsExactly(false, true, true);
  }

  @Test
  void programsAreOfTheKindOfWhatTheyDo() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .executable("usr/bin/more", ELF)
                .executable("usr/bin/pscan", ELF)
                .executable("usr/bin/screen", ELF)
                .executable("usr/bin/ssl_client", ELF)
                .executable("usr/bin/tce-load", SCRIPT)
                .executable("usr/sbin/inetd", ELF));

    assertThat(facts.tools())
        .extracting(tool -> tool.name() + " " + tool.category())
        .containsExactly(
            "more pager",
            "pscan network-diagnostics",
            "screen process-system",
            "ssl_client network-diagnostics",
            "tce-load os-package-manager");
    assertThat(facts.services())
        .containsExactly(new ImageFacts.Service("inetd", "/usr/sbin/inetd"));
  }

  @Test
  void linksAreFollowedThroughAlternatives() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .symlink("bin", "usr/bin")
                .executable("usr/bin/vim.basic", ELF)
                .symlink("etc/alternatives/vi", "/bin/vim.basic")
                .symlink("usr/bin/vi", "/etc/alternatives/vi")
                .symlink("usr/bin/vim", "vim"));

    assertThat(facts.tools())
        .extracting(
            ImageFacts.Tool::path,
            ImageFacts.Tool::target,
            ImageFacts.Tool::kind,
            ImageFacts.Tool::via)
        .containsExactly(
            tuple("/usr/bin/vi", "/usr/bin/vim.basic", "link", "/etc/alternatives/vi"),
            tuple("/usr/bin/vim.basic", "/usr/bin/vim.basic", "elf", null));
  }

  @Test
  void fileWrittenThroughLinkedDirectoryHasOnePath() {
    ImageFacts facts =
        inspect(
            LayerTar.of().symlink("bin", "usr/bin").executable("usr/bin/curl", ELF),
            LayerTar.of().executable("bin/curl", ELF));

    assertThat(facts.tools())
        .extracting(tool -> tool.path() + " " + tool.layer())
        .containsExactly("/usr/bin/curl 1");
  }

  @Test
  void deletedToolIsHiddenTool() {
    ImageFacts facts =
        inspect(
            LayerTar.of().executable("usr/bin/curl", ELF), LayerTar.of().whiteout("usr/bin/curl"));

    assertThat(facts.tools()).isEmpty();
    assertThat(facts.hiddenTools())
        .extracting(tool -> tool.name() + " " + tool.path() + " " + tool.layer())
        .containsExactly("curl /usr/bin/curl 0");
  }

  @Test
  void interpreterOfEntrypointIsUsed() {
    byte[] script = "#!/usr/bin/env bash\nexec app\n".getBytes(StandardCharsets.US_ASCII);
    ImageFacts facts =
        RealImages.inspect(
            RealImages.config(List.of(), List.of("docker-entrypoint.sh"), null),
            blobs(
                LayerTar.of()
                    .executable("usr/local/bin/docker-entrypoint.sh", script)
                    .executable("usr/bin/env", ELF)
                    .executable("usr/bin/bash", ELF)
                    .executable("usr/bin/curl", ELF)),
            RealImages.NO_LINEAGE);

    assertThat(facts.tools())
        .extracting(tool -> tool.name() + " " + tool.usedByEntrypoint())
        .containsExactly("bash true", "curl false");
  }

  @Test
  void interpreterOfAnyReadableEntrypointIsKnown() {
    ImageFacts facts =
        RealImages.inspect(
            RealImages.config(List.of(), List.of("/usr/local/bin/web"), null),
            blobs(LayerTar.of().executable("usr/local/bin/web", SCRIPT).executable("bin/sh", ELF)),
            RealImages.NO_LINEAGE);

    assertThat(facts.tools())
        .extracting(tool -> tool.name() + " " + tool.usedByEntrypoint())
        .containsExactly("sh true");
    assertThat(facts.gaps()).noneMatch(gap -> gap.fact() == Fact.TOOLS_USED_BY_ENTRYPOINT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tini -- java -jar app.jar | java",
        "dumb-init gosu app java -jar app.jar | java",
        "/bin/sh -c 'exec java -jar app.jar' | java sh",
        "/bin/sh -c 'A=1 java -jar app.jar && curl x' | curl java sh",
        "/bin/sh -c 'cd /app; exec java -cp \"a;curl\" Main' | java sh",
        "/bin/bash -o pipefail -euc 'java -version 2>&1' | bash java",
        "/bin/bash -lc 'echo $(curl -s x)' | bash curl",
        "tini -p SIGTERM -- java -jar app.jar | java",
        "tini java -- curl | java",
        "stdbuf -o L -- java -jar app.jar | java",
        "env -u JAVA_OPTS -- java -jar app.jar | java",
        "env A=b sh -c 'java -version' | java sh"
      })
  void programBehindWrappersIsUsed(String command, String used) {
    List<String> entrypoint = new ArrayList<>();
    java.util.regex.Matcher words =
        java.util.regex.Pattern.compile("'([^']*)'|(\\S+)").matcher(command);
    while (words.find()) {
      entrypoint.add(words.group(1) == null ? words.group(2) : words.group(1));
    }
    ImageFacts facts =
        RealImages.inspect(
            RealImages.config(List.of(), entrypoint, null),
            blobs(
                LayerTar.of()
                    .executable("usr/bin/java", ELF)
                    .executable("bin/sh", ELF)
                    .executable("bin/bash", ELF)
                    .executable("usr/bin/tini", ELF)
                    .executable("usr/bin/dumb-init", ELF)
                    .executable("usr/bin/gosu", ELF)
                    .executable("usr/bin/env", ELF)
                    .executable("usr/bin/curl", ELF)),
            RealImages.NO_LINEAGE);

    assertThat(
            facts.tools().stream()
                .filter(tool -> tool.usedByEntrypoint() && !tool.name().equals("gosu"))
                .map(ImageFacts.Tool::name)
                .sorted())
        .containsExactly(used.split(" "));
  }

  /**
   * As Docker runs them: the arguments of cmd follow the entrypoint, and a health check's text its
   * shell.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{\"Entrypoint\":[\"sh\",\"-c\"],\"Cmd\":[\"java -jar app.jar\"]} # java sh",
        "{\"Entrypoint\":[\"tini\",\"--\"],\"Cmd\":[\"java\"]} # java",
        "{\"Entrypoint\":[\"/app\"],\"Healthcheck\":{\"Test\":[\"CMD-SHELL\",\"curl -f x || exit 1\"]}} # curl sh",
        "{\"Healthcheck\":{\"Test\":[\"CMD-SHELL\",\"java X\"]},\"Shell\":[\"/bin/bash\",\"-ec\"]} # bash java",
        "{\"Healthcheck\":{\"Test\":[\"CMD\",\"curl\",\"x\"]}} # curl",
        "{\"Healthcheck\":{\"Test\":[\"NONE\"]}} # ``"
      })
  void whatTheConfigStartsIsUsed(String config, String used) {
    ImageFacts facts =
        RealImages.inspect(
            ImageConfig.parse(
                ("{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":"
                        + config
                        + ",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}")
                    .getBytes(StandardCharsets.UTF_8)),
            blobs(
                LayerTar.of()
                    .executable("usr/bin/java", ELF)
                    .executable("bin/sh", ELF)
                    .executable("bin/bash", ELF)
                    .executable("usr/bin/tini", ELF)
                    .executable("usr/bin/curl", ELF)),
            RealImages.NO_LINEAGE);

    assertThat(
            facts.tools().stream()
                .filter(ImageFacts.Tool::usedByEntrypoint)
                .map(ImageFacts.Tool::name)
                .sorted()
                .collect(Collectors.joining(" ")))
        .isEqualTo(used);
  }

  @Test
  void whatShowsBytesIsNoDebugger() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .executable("usr/bin/od", ELF)
                .executable("usr/bin/hexdump", ELF)
                .executable("usr/bin/strace", ELF));

    assertThat(facts.tools())
        .extracting(tool -> tool.name() + " " + tool.category())
        .containsExactly("hexdump byte-viewer", "od byte-viewer", "strace debugger-tracer");
  }

  /**
   * Alpine's package lists the applets of its own busybox: an oracle for the table in the binary.
   */
  @Test
  void appletTableOfRealBusyboxIsRead(@TempDir Path scratch) throws Exception {
    Path rootfs = TestImages.path("rootfs/alpine-3.18.9-x86_64.tar.gz");
    byte[] busybox = busybox(scratch);
    RealImages.run(
        "tar",
        "-xzf",
        rootfs.toString(),
        "-C",
        scratch.toString(),
        "./etc/busybox-paths.d/busybox");
    List<String> listed = new ArrayList<>();
    Files.readAllLines(scratch.resolve("etc/busybox-paths.d/busybox"))
        .forEach(line -> listed.add(line.substring(line.lastIndexOf('/') + 1)));

    MultiCallBinary binary = ProgramMarks.parse(ProgramReader.BINARY.reduce(busybox)).multiCall();

    assertThat(binary)
        .isNotNull()
        .satisfies(found -> {
          assertThat(found.family()).isEqualTo("busybox");
          assertThat(found.applets()).containsAll(listed).contains("wget", "nc", "sh");
        });
  }

  /** The busybox of a real Alpine. */
  private static byte[] busybox(Path scratch) throws Exception {
    RealImages.run(
        "tar",
        "-xzf",
        TestImages.path("rootfs/alpine-3.18.9-x86_64.tar.gz").toString(),
        "-C",
        scratch.toString(),
        "./bin/busybox");
    return Files.readAllBytes(scratch.resolve("bin/busybox"));
  }

  @Test
  void appletWithoutLinkCounts(@TempDir Path scratch) throws Exception {
    byte[] busybox = busybox(scratch);
    ImageFacts facts =
        inspect(LayerTar.of().executable("bin/busybox", busybox).symlink("bin/sh", "busybox"));

    assertThat(facts.tools())
        .filteredOn(tool -> tool.name().equals("wget"))
        .extracting(tool -> tool.path() + " " + tool.kind() + " " + tool.via())
        .containsExactly("/bin/busybox applet /bin/busybox");
    assertThat(facts.tools())
        .filteredOn(tool -> tool.name().equals("sh"))
        .extracting(ImageFacts.Tool::path)
        .containsExactly("/bin/sh");
  }

  /** {@code busybox} says "applet not found" to a name that is not in its table. */
  @Test
  void nameThatBusyboxDoesNotKnowIsNoTool(@TempDir Path scratch) throws Exception {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .executable("bin/busybox", busybox(scratch))
                .symlink("bin/curl", "busybox")
                .hardLink("bin/nmap", "bin/busybox")
                .symlink("bin/sh", "busybox"),
            LayerTar.of().whiteout("bin/nmap"));

    assertThat(facts.tools())
        .extracting(ImageFacts.Tool::name)
        .contains("sh", "wget")
        .doesNotContain("curl", "nmap");
    assertThat(facts.hiddenTools()).noneMatch(tool -> tool.path().equals("/bin/nmap"));
  }

  /** As Debian 12 has redis, MariaDB, PHP and an exim that answers to sendmail. */
  @Test
  void serviceBehindLinkOrVersionIsOne() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .executable("usr/bin/redis-check-rdb", ELF)
                .symlink("usr/bin/redis-server", "redis-check-rdb")
                .executable("usr/sbin/mariadbd", ELF)
                .symlink("usr/sbin/mysqld", "mariadbd")
                .executable("usr/sbin/php-fpm8.2", ELF)
                .symlink("etc/alternatives/php-fpm", "/usr/sbin/php-fpm8.2")
                .executable("usr/sbin/exim4", ELF)
                .symlink("usr/sbin/sendmail", "exim4")
                .executable("usr/bin/nginx-debug", ELF));

    assertThat(facts.services())
        .containsExactly(
            new ImageFacts.Service("redis-server", "/usr/bin/redis-server"),
            new ImageFacts.Service("exim4", "/usr/sbin/exim4"),
            new ImageFacts.Service("mariadbd", "/usr/sbin/mariadbd"),
            new ImageFacts.Service("php-fpm", "/usr/sbin/php-fpm8.2"));
  }

  /** The programs of this machine, copied under names that say nothing; versions by themselves. */
  @ParameterizedTest
  @CsvSource({
    "/bin/bash, bash, --version",
    "/bin/bash-static, bash, --version",
    "/usr/bin/curl, curl, --version",
    "/usr/bin/wget, wget, --version",
    "/usr/bin/git, git, --version",
    "/usr/bin/rsync, rsync, --version",
    "/usr/bin/openssl, openssl, version",
    "/usr/bin/vim.basic, vim, --version",
    "/bin/zsh-static, zsh, --version"
  })
  void renamedToolIsFoundByWhatItSays(String program, String tool, String option) throws Exception {
    Programs.assumeInstalled(program);
    String stated = output(program, option).replaceAll("(?s)^\\D*(\\d+([.]\\d+)+).*", "$1");
    ImageFacts facts =
        inspect(LayerTar.of().executable("opt/app/helper", Files.readAllBytes(Path.of(program))));

    assertThat(facts.tools())
        .extracting(found -> found.name() + " " + found.version() + " " + found.path())
        .containsExactly(tool + " " + stated + " /opt/app/helper");
  }

  /** Those that do not state a version, or not one that they print. */
  @ParameterizedTest
  @CsvSource({
    "/bin/dash, dash",
    "/bin/mksh, mksh",
    "/usr/bin/ssh, ssh",
    "/bin/nc.openbsd, nc",
    "/usr/bin/ncat, ncat"
  })
  void renamedToolIsFoundWithoutVersion(String program, String tool) throws Exception {
    Programs.assumeInstalled(program);

    assertThat(marks(program).identity()).isEqualTo(tool);
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/bin/python3.11, python, --version",
    "/usr/bin/perl, perl, --version",
    "/usr/bin/node, node, --version",
    "/usr/bin/ssh, ssh, -V"
  })
  void versionIsTheOneThatTheProgramPrints(String program, String tool, String option)
      throws Exception {
    Programs.assumeInstalled(program);
    String version = marks(program).versionAs(tool);

    assertThat(version).isNotNull();
    assertThat(output(program, option)).containsPattern("[v _(]" + Pattern.quote(version) + "\\b");
  }

  /** Each program that is known by its content belongs to the package of that name. */
  @Test
  void noOtherProgramIsTakenForOneThatIsKnown() throws Exception {
    Programs.assumeInstalled("dpkg-query");
    Map<String, String> packages =
        Map.of("ssh", "openssh", "sshd", "openssh", "nc", "netcat", "lksh", "mksh");
    Map<String, String> tools = new TreeMap<>();
    for (String directory : List.of("/usr/bin", "/usr/sbin")) {
      try (var files = Files.newDirectoryStream(Path.of(directory), Files::isRegularFile)) {
        for (Path file : files) {
          String tool = Files.isSymbolicLink(file) ? null : marks(file.toString()).identity();
          if (tool != null) {
            tools.put(file.getFileName().toString(), tool);
          }
        }
      }
    }
    List<String> command = new ArrayList<>(List.of("dpkg-query", "-S"));
    tools.keySet().forEach(name -> command.add("*bin/" + name));
    List<String> owners = output(command.toArray(String[]::new)).lines().toList();

    assertThat(tools).containsKey("bash");
    tools.forEach((name, tool) ->
        assertThat(owners)
            .anyMatch(line ->
                line.startsWith(packages.getOrDefault(tool, tool))
                    && line.endsWith("bin/" + name)));
  }

  @ParameterizedTest
  @CsvSource({"/bin/busybox, --list", "/bin/toybox,"})
  void appletsAreThoseThatTheProgramPrints(String program, @Nullable String option)
      throws Exception {
    Programs.assumeInstalled(program);
    String printed = option == null ? output(program) : output(program, option);

    assertThat(marks(program).multiCall())
        .satisfies(binary -> {
          assertThat(binary).isNotNull();
          assertThat(binary.applets()).containsExactlyInAnyOrder(printed.split("\\s+"));
        });
  }

  /** Each wrapper of AlmaLinux names the program that it stands for. */
  @Test
  void coreutilsInOneBinaryIsReadWithItsWrappers(@TempDir Path scratch) throws Exception {
    String rootfs = "rootfs/almalinux-9.3-micro-arm64.tar.xz";
    RealImages.run("tar", "-xJf", TestImages.path(rootfs).toString(), "-C", scratch.toString());
    Path binary = scratch.resolve("usr/bin/coreutils");
    String wrapped = output("grep", "-rhoaP", "^#!.*shebang=\\K.*", scratch + "/usr/bin");

    assertThat(marks(binary.toString()).multiCall())
        .satisfies(read -> {
          assertThat(read).isNotNull();
          assertThat(read.applets()).containsAll(wrapped.lines().toList()).contains("dd", "[");
        });
    assertThat(new RealImages(scratch).rootfs(rootfs).tools())
        .filteredOn(tool -> tool.name().equals("dd"))
        .extracting(tool -> tool.path() + " " + tool.kind() + " " + tool.via())
        .containsExactly("/usr/bin/dd applet /usr/bin/coreutils");
  }

  @Test
  void programNamedAsLibraryIsOneAndLibraryIsNone() throws Exception {
    Programs.assumeInstalled("/bin/bash");
    byte[] bash = Files.readAllBytes(Path.of("/bin/bash"));
    byte[] library = bash.clone();
    // Without the segment that names the loader nothing can start it.
    int headers = (int) ByteBuffer.wrap(library).order(ByteOrder.LITTLE_ENDIAN).getLong(32);
    for (int at = headers; at < headers + 20 * 56; at += 56) {
      if (library[at] == 3) {
        library[at] = 0;
      }
    }
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .executable("opt/app/libx.so", bash)
                .executable("opt/app/liby.so.1", library));

    assertThat(facts.tools())
        .extracting(tool -> tool.name() + " " + tool.path())
        .containsExactly("bash /opt/app/libx.so");
  }

  /** As readelf shows them. */
  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "/usr/bin/find", "/usr/bin/python3", "/usr/bin/tar"})
  void linkageOfARealProgramIsWhatReadelfShows(String program) throws Exception {
    Programs.assumeInstalled("readelf");
    assumeTrue(Files.exists(Path.of(program)));
    Process readelf = new ProcessBuilder("readelf", "-Wld", program).start();
    List<String> lines =
        new String(readelf.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    ElfLinkage linkage = marks(program).linkage();
    assertThat(linkage.libraries())
        .isNotEmpty()
        .isEqualTo(
            lines.stream()
                .filter(line -> line.contains("(NEEDED)"))
                .map(line -> line.substring(line.indexOf('[') + 1, line.indexOf(']')))
                .toList());
    assertThat(lines)
        .anyMatch(line -> line.contains("program interpreter: " + linkage.interpreter() + "]"));
  }

  @Test
  void linkageThatCannotBeReadIsNone() {
    byte[] program = ElfFiles.linked("/lib/ld.so", "liba.so", "libb.so");
    assertThat(linkage(program).libraries()).containsExactly("liba.so", "libb.so");
    assertThat(linkage(program).interpreter()).isEqualTo("/lib/ld.so");
    assertThat(linkage(program).standalone()).isFalse();
    assertThat(linkage(ElfFiles.standalone())).isEqualTo(new ElfLinkage(null, List.of(), true));
    assertThat(linkage(Arrays.copyOf(program, 1_030)))
        .isEqualTo(new ElfLinkage("/lib/ld.so", List.of(), false));
    assertThat(linkage(Arrays.copyOf(program, 100)))
        .isEqualTo(new ElfLinkage(null, List.of(), false));
  }

  /** The header that names an interpreter may be behind those that are read. */
  @Test
  void programOfMoreHeadersThanAnyHasIsNotSaidToNeedNothing() {
    byte[] program = ElfFiles.standalone();
    program[56] = 65;
    assertThat(linkage(program)).isEqualTo(new ElfLinkage(null, List.of(), false));
  }

  /** Without an end, what is read may be a part of it. */
  @Test
  void librariesOfASectionWithoutAnEndAreNotKnown() {
    String[] many = new String[60];
    Arrays.fill(many, "liba.so");
    byte[] program = ElfFiles.linked("/lib/ld.so", many);
    assertThat(linkage(program).libraries()).hasSize(60);
    byte[] endless = Arrays.copyOf(program, 40_000);
    ByteBuffer file = ByteBuffer.wrap(endless).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(64 + 2 * 56 + 32, 38_000);
    for (int at = 1_024 + 61 * 16; at + 16 <= endless.length; at += 16) {
      file.putLong(at, 1); // DT_NEEDED, again and again.
    }
    assertThat(linkage(endless).libraries()).isEmpty();
  }

  private static ElfLinkage linkage(byte[] program) {
    return ProgramMarks.parse(ProgramReader.BINARY.reduce(program)).linkage();
  }

  private static ProgramMarks marks(String program) throws Exception {
    return ProgramMarks.parse(ProgramReader.BINARY.reduce(Files.readAllBytes(Path.of(program))));
  }

  @Test
  void renamedBusyboxIsFoundWithItsApplets(@TempDir Path scratch) throws Exception {
    byte[] busybox = busybox(scratch);
    ImageFacts facts =
        inspect(LayerTar.of().executable("opt/x", busybox).executable("usr/bin/true", ELF));

    // apk says busybox 1.36.1-r7.
    assertThat(facts.tools())
        .filteredOn(tool -> tool.name().equals("wget"))
        .extracting(tool -> tool.path() + " " + tool.kind() + " " + tool.version())
        .containsExactly("/opt/x applet 1.36.1");
  }

  @Test
  void textThatSpeaksOfBusyboxIsNoBusybox() {
    byte[] text =
        "BusyBox v1.36 BusyBox is a multi-call binary \0a\0b\0c\0d\0e\0f\0g\0h\0i\0"
            .getBytes(StandardCharsets.US_ASCII);

    assertThat(ProgramReader.STARTABLE.reduce(text)).isEmpty();
  }

  @Test
  void toolsOfDebianAreOwnedByItsPackages(@TempDir Path scratch) {
    ImageFacts facts =
        new RealImages(scratch).rootfs("rootfs/debian-bookworm-minbase-amd64.tar.xz");

    assertThat(facts.tools()).isNotEmpty().allMatch(tool -> Boolean.TRUE.equals(tool.owned()));
    assertThat(facts.tools())
        .filteredOn(tool -> tool.name().equals("bash"))
        .extracting(ImageFacts.Tool::owner)
        .containsExactly("bash 5.2.15-2+b13");
    assertThat(facts.base().baseClass()).isEqualTo("slim");
    assertThat(facts.base().os())
        .isEqualTo(
            new ImageFacts.OperatingSystem(
                "debian",
                "12",
                "Debian GNU/Linux 12 (bookworm)",
                LocalDate.parse("2028-06-30"),
                "usr/lib/os-release"));
    // tar -tv | grep '^-..[sS]\\|^-.....[sS]'
    assertThat(facts.privileged())
        .extracting(ImageFacts.Privileged::path)
        .containsExactly(
            "/usr/bin/chage",
            "/usr/bin/chfn",
            "/usr/bin/chsh",
            "/usr/bin/expiry",
            "/usr/bin/gpasswd",
            "/usr/bin/mount",
            "/usr/bin/newgrp",
            "/usr/bin/passwd",
            "/usr/bin/su",
            "/usr/bin/umount",
            "/usr/sbin/unix_chkpwd");
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  @Test
  void staticDistrolessHasNoTools(@TempDir Path scratch) {
    ImageFacts facts =
        new RealImages(scratch).rootfs("rootfs/distroless-static-layer-3ddae621.tar.gz");

    assertThat(facts.tools()).isEmpty();
    assertThat(facts.base().baseClass()).isEqualTo("distroless");
    assertThat(facts.accounts().users()).noneMatch(ImageFacts.User::login);
  }

  private static ImageFacts inspect(LayerTar... tars) {
    return RealImages.inspect(
        RealImages.config(List.of(), List.of(), null), blobs(tars), RealImages.NO_LINEAGE);
  }

  private static List<RealImages.Blob> blobs(LayerTar... tars) {
    return Arrays.stream(tars)
        .map(tar -> new RealImages.Blob(tar.gzip().bytes(), MediaTypes.OCI_LAYER_GZIP))
        .toList();
  }
}
