package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.ImageLayout;
import dev.tare.testing.LayerTar;
import dev.tare.testing.LayerTar.Blob;
import dev.tare.testing.ServedLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A secret that an image gives away is given away by nothing that Tare writes, says or keeps. */
class ImageSecretsIT {
  private static final String SECRET = "Thie3phu";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FORMATS =
      "html,json,csv,sarif,junit,compliance,oscal,policyreport,metrics,sbom";

  @TempDir Path directory;

  @Test
  void secretIsInNoFileAndOnNoTerminal() throws IOException {
    ImageLayout layout = ImageLayout.in(directory.resolve("layout"));
    Blob layer =
        LayerTar.of()
            .executable("usr/bin/curl", "\177ELF\2\1\1".getBytes(StandardCharsets.ISO_8859_1))
            .file("etc/os-release", "ID=debian\nVERSION_ID=9\n")
            .file("root/.npmrc", "//npm.example/:_authToken=" + SECRET + "\n")
            .gzip();
    Descriptor packed = layout.blob(MediaTypes.OCI_LAYER_GZIP, layer.bytes());
    byte[] config = config(layer.diffId()).getBytes(StandardCharsets.UTF_8);
    layout.tag("1.0", layout.manifest(layout.blob(MediaTypes.OCI_CONFIG, config), List.of(packed)));
    Path kept = directory.resolve("kept");

    try (ServedLayout registry = ServedLayout.of(layout.write(), "team/app")) {
      String image = registry.host() + "/team/app:1.0";
      String state = kept.resolve("state").toString();
      String out = kept.resolve("out").toString();
      for (List<String> command :
          List.of(
              List.of("scan", registry.host(), "-v", "-o", out, "--format", FORMATS),
              List.of("inspect", image, "-v"),
              List.of("inspect", image, "--format", "json"),
              List.of("inspect", image, "--layer", "0"),
              List.of("lineage", "-v"),
              List.of("tickets", "-v", "-o", out))) {
        String[] arguments =
            Stream.concat(command.stream(), Stream.of("--state", state)).toArray(String[]::new);
        CommandLineRun run = CommandLineRun.of(arguments);
        assertThat(run.status()).as(run.err()).isLessThanOrEqualTo(1);
        assertThat(run.out() + run.err()).doesNotContain(SECRET);
      }
    }

    try (var files = Files.walk(kept)) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSizeGreaterThan(11)
          .allSatisfy(file ->
              assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                  .as(file.toString())
                  .doesNotContain(SECRET));
    }
    // Rules judge what is masked: the environment's secret, sudo without a password.
    assertThat(kept.resolve("out/report.json"))
        .content()
        .contains("DB_PASSWORD", "echo root:*** | chpasswd", "curl -u ann:***");
  }

  private static String config(Digest diffId) {
    ObjectNode root = JSON.createObjectNode().put("os", "linux").put("architecture", "amd64");
    ObjectNode config = root.putObject("config");
    config
        .putArray("Env")
        .add("DB_PASSWORD=" + SECRET)
        .add("DATABASE_URL=postgres://app:" + SECRET + "@db/app")
        .add("JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStorePassword=" + SECRET);
    config.putArray("Entrypoint").add("app").add("--token").add(SECRET);
    config.putArray("Cmd").add("sh").add("-c").add("mysql -p" + SECRET + " app");
    config
        .putObject("Labels")
        .put("com.example.token", SECRET)
        .put("run", "docker login -u ann -p " + SECRET);
    config
        .putObject("Healthcheck")
        .putArray("Test")
        .add("CMD-SHELL")
        .add("curl -u ann:" + SECRET + " http://localhost/");
    root.putObject("container_config").putArray("Cmd").add("redis-cli").add("-a").add(SECRET);
    var history = root.putArray("history");
    history.addObject().put("created_by", "RUN /bin/sh -c echo root:" + SECRET + " | chpasswd");
    for (String step :
        List.of(
            "RUN /bin/sh -c curl -u ann:" + SECRET + " https://example.com/install | sh",
            "RUN |1 NPM_TOKEN=" + SECRET + " /bin/sh -c npm ci",
            "RUN /bin/sh -c git clone https://ann:" + SECRET + "@git.example/x.git",
            "ENV DB_PASSWORD=" + SECRET,
            "LABEL com.example.token=" + SECRET,
            "ENTRYPOINT [\"app\" \"--token\" \"" + SECRET + "\"]")) {
      history.addObject().put("created_by", step).put("empty_layer", true);
    }
    root.putObject("rootfs").put("type", "layers").putArray("diff_ids").add(diffId.toString());
    return root.toString();
  }
}
