package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.oci.Glob;
import dev.tare.testing.Programs;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is predicted of images on other bases, against the same images really built on them by
 * buildah: files but for {@code may-differ.txt}, size, packages, tools, configuration and what
 * rules say.
 */
@Tag("proof")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RebasedImagesIT {
  private static final List<Glob> MAY_DIFFER = mayDiffer();

  /** Images by name: the family of the bases and the steps above them. */
  private static final Map<String, String> STEPS =
      Map.of(
          "copied",
          """
          ENV APP=1 PATH=/app/bin:$PATH
          COPY --chmod=755 run.sh /app/bin/run.sh
          COPY --chown=7:7 data.txt /app/data.txt
          WORKDIR /app/work
          EXPOSE 8080
          USER nobody
          ENTRYPOINT ["/app/bin/run.sh"]
          """,
          "deleting",
          """
          RUN rm -rf /etc/motd /usr/share/doc && mkdir -p /srv/www && echo x > /srv/www/index.html
          COPY data.txt /etc/motd.d/data.txt
          LABEL org.opencontainers.image.title=deleting
          """,
          "account",
          """
          RUN adduser --help >/dev/null 2>&1; echo 'app:x:900:900:App:/srv:/bin/sh' >> /etc/passwd
          RUN echo 'app:x:900:' >> /etc/group
          USER app
          CMD ["sh", "-c", "id"]
          """,
          "installed",
          """
          COPY *.deb /tmp/
          RUN dpkg -i /tmp/tare-tool_1.0_all.deb && rm /tmp/*.deb
          """,
          "twice",
          """
          COPY *.deb /tmp/
          RUN dpkg -i /tmp/tare-tool_1.0_all.deb
          RUN dpkg -i /tmp/tare-other_1.0_all.deb && useradd --system app
          USER app
          CMD ["tare-tool"]
          """,
          "updated",
          """
          COPY *.deb /tmp/
          RUN dpkg -i /tmp/tare-base_2.0_all.deb && rm -f /tmp/tare-other_1.0_all.deb
          """,
          "removed",
          """
          RUN apk del libc-utils
          COPY run.sh /run.sh
          """,
          "static",
          """
          COPY --chmod=755 busybox /app
          COPY data.txt /data/
          ENTRYPOINT ["/app", "httpd"]
          """);

  private Path directory;

  @BeforeAll
  void buildBases(@TempDir Path scratch) throws IOException {
    directory = scratch;
    Programs.assumeInstalled("buildah");
    Programs.assumeInstalled("dpkg-deb");
    Path busybox = Path.of("/bin/busybox");
    Programs.skipUnless(Files.exists(busybox), "busybox-static is not installed");
    Path context = Files.createDirectories(directory.resolve("context"));
    Files.writeString(context.resolve("run.sh"), "#!/bin/sh\necho run\n");
    Files.writeString(context.resolve("data.txt"), "data\n");
    Files.copy(busybox, context.resolve("busybox"));
    deb("tare-tool", "1.0");
    deb("tare-other", "1.0");
    deb("tare-base", "1.0");
    deb("tare-base", "2.0");
    root("rootfs/debian-bookworm-minbase-amd64.tar.xz", "debian.tar");
    root("rootfs/alpine-3.18.9-x86_64.tar.gz", "alpine.tar");
    root("rootfs/distroless-static-layer-3ddae621.tar.gz", "static.tar");
    base("alpine", 1, "FROM scratch\nADD alpine.tar /\nCMD [\"/bin/sh\"]\n");
    base(
        "alpine",
        2,
        """
        FROM localhost/base/alpine:1
        RUN echo 'other:x:800:800::/:/bin/sh' >> /etc/passwd && rm /etc/motd
        RUN mkdir -p /opt/other/bin && cp /bin/busybox /opt/other/bin/tool
        ENV PATH=/opt/other/bin:/usr/sbin:/usr/bin:/sbin:/bin OTHER=1
        CMD ["/bin/sh", "-l"]
        """);
    base(
        "debian",
        1,
        """
        FROM scratch
        ADD debian.tar /
        COPY tare-base_1.0_all.deb /tmp/
        RUN dpkg -i /tmp/tare-base_1.0_all.deb && rm /tmp/*.deb
        CMD ["bash"]
        """);
    base(
        "debian",
        2,
        """
        FROM localhost/base/debian:1
        RUN rm -rf /usr/share/perl5/Debconf && echo 1 > /etc/other && useradd --system other
        CMD ["bash", "-l"]
        """);
    base("static", 1, "FROM scratch\nADD static.tar /\nUSER 65532\nENV SSL=1\n");
    base(
        "static",
        2,
        "FROM localhost/base/static:1\nCOPY data.txt /etc/ssl/certs/more.pem\nUSER nobody\n");
    base("empty", 1, "FROM scratch\nCOPY data.txt /etc/ssl/certs/ca.pem\n");
    base("empty", 2, "FROM scratch\nCOPY data.txt /etc/ssl/other.pem\nENV SSL=2\nUSER 7\n");
  }

  /** JUnit would say of each link in the file systems of the images where it leads. */
  @AfterAll
  void removeImages() {
    if (directory != null) {
      Programs.run(
          "rm", "-rf", directory.resolve("images").toString(), directory.resolve("run").toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "alpine, copied, copied",
    "alpine, deleting, copied",
    "alpine, account, copied",
    "alpine, removed, installed",
    "debian, copied, copied",
    "debian, installed, installed",
    "debian, twice, installed",
    "debian, updated, installed",
    "static, static, copied",
    "empty, static, copied"
  })
  void predictionIsWhatABuildLeaves(String family, String steps, String standing)
      throws IOException {
    String before = build(family, steps, 1);
    String after = build(family, steps, 2);

    JsonNode predicted =
        JsonMapper.shared()
            .readTree(
                tare(
                    "rebase",
                    before,
                    "--from",
                    layout("base-" + family + "-1"),
                    "--onto",
                    layout("base-" + family + "-2")))
            .path("images")
            .path(0);
    JsonNode real = JsonMapper.shared().readTree(tare("diff", before, after)).path(0);

    assertThat(predicted.path("standing").asString()).isEqualTo(standing);
    JsonNode difference = predicted.path("difference");
    assertThat(files(difference)).isEqualTo(files(real));
    assertThat(size(difference)).isCloseTo(size(real), Percentage.withPercentage(2));
    for (String same : List.of("packages", "tools", "configuration", "findings")) {
      assertThat(difference.path(same)).as(same).isEqualTo(real.path(same));
    }
  }

  /** What is added, changed and deleted, by path. */
  private static Map<String, String> files(JsonNode difference) {
    Map<String, String> files = new TreeMap<>();
    files("", difference.path("files").path("changes"), files);
    return files;
  }

  private static void files(String parent, JsonNode node, Map<String, String> files) {
    String name = node.path("name").asString();
    String path = parent.isEmpty() ? name : parent + "/" + name;
    assertThat(node.has("others")).as("all of " + path).isFalse();
    if (!node.path("directory").asBoolean()
        && MAY_DIFFER.stream().noneMatch(glob -> glob.matches(path))) {
      StringBuilder text = new StringBuilder();
      for (String field : List.of("type", "mode", "uid", "gid", "size", "link")) {
        text.append(node.path(field).asString("")).append(' ');
      }
      Stream.of("added", "changed", "deleted").filter(node::has).forEach(text::append);
      files.put(path, text.toString());
    }
    node.path("children").forEach(child -> files(path, child, files));
  }

  private static long size(JsonNode difference) {
    return difference
        .path("sizes")
        .valueStream()
        .filter(size -> size.path("name").asString().equals("compressed"))
        .mapToLong(size -> size.path("after").asLong())
        .findFirst()
        .orElseThrow();
  }

  private String tare(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "--format",
            "json",
            "--depth",
            "64",
            "--entries",
            "10000",
            "--state",
            directory.resolve("state").toString()));
    CommandLineRun run = CommandLineRun.of(all.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return run.out();
  }

  /** Builds an image on one of the two bases of a family. */
  private String build(String family, String steps, int base) throws IOException {
    String name = family + "-" + steps;
    Path file = directory.resolve("Dockerfile");
    Files.writeString(
        file, "FROM localhost/base/%s:%d\n%s".formatted(family, base, STEPS.get(steps)));
    buildah(
        "build",
        "-q",
        "--isolation",
        "chroot",
        "--layers",
        "--pull-never",
        "-f",
        file.toString(),
        "-t",
        "localhost/app/" + name + ":" + base,
        directory.resolve("context").toString());
    return push("localhost/app/" + name + ":" + base, name + "-" + base);
  }

  private void base(String family, int number, String dockerfile) throws IOException {
    Path file = directory.resolve("Dockerfile");
    Files.writeString(file, dockerfile);
    String name = "localhost/base/" + family + ":" + number;
    buildah(
        "build",
        "-q",
        "--isolation",
        "chroot",
        "--squash",
        "--pull-never",
        "-f",
        file.toString(),
        "-t",
        name,
        directory.resolve("context").toString());
    push(name, "base-" + family + "-" + number);
  }

  private String push(String image, String layout) {
    buildah("push", "-q", image, "oci:" + directory.resolve(layout) + ":1");
    return layout(layout);
  }

  private String layout(String name) {
    return "oci:" + directory.resolve(name) + ":1";
  }

  private void buildah(String... arguments) {
    Programs.run(
        Stream.concat(
                Stream.of(
                    "buildah",
                    "--root",
                    directory.resolve("images").toString(),
                    "--runroot",
                    directory.resolve("run").toString(),
                    "--storage-driver",
                    "vfs"),
                Stream.of(arguments))
            .toArray(String[]::new));
  }

  /** A package of one program. */
  private void deb(String name, String version) throws IOException {
    Path tree = Files.createDirectories(directory.resolve(name + version));
    Path program = Files.createDirectories(tree.resolve("usr/bin")).resolve(name);
    Files.writeString(program, "#!/bin/sh\necho " + version + "\n");
    assertThat(program.toFile().setExecutable(true, false)).isTrue();
    Files.writeString(
        Files.createDirectories(tree.resolve("DEBIAN")).resolve("control"),
        "Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: a <a@b.c>\nDescription: x\n"
            .formatted(name, version));
    Programs.run(
        "dpkg-deb",
        "--root-owner-group",
        "-b",
        tree.toString(),
        directory.resolve("context") + "/" + name + "_" + version + "_all.deb");
  }

  private void root(String image, String name) {
    Programs.run(
        "sh",
        "-c",
        "case $1 in *.xz) xz -dc $1;; *) gzip -dc $1;; esac > $2",
        "sh",
        TestImages.path(image).toString(),
        directory.resolve("context").resolve(name).toString());
  }

  private static List<Glob> mayDiffer() {
    try (InputStream list =
        Objects.requireNonNull(
            RebasedImagesIT.class.getResourceAsStream("/rebase/may-differ.txt"))) {
      List<String> globs = new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(globs).hasSizeLessThanOrEqualTo(10);
      return globs.stream().map(Glob::of).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
