package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFactsSchemaTest {
  @Test
  void factsOfRealImagesFitThePublishedSchema(@TempDir Path scratch) throws IOException {
    RealImages images = new RealImages(scratch);
    for (ImageFacts facts :
        List.of(
            images.dockerSave("docker-save/dive-busybox-14layers.tar"),
            images.rootfs("rootfs/debian-bookworm-minbase-amd64.tar.xz"),
            images.rootfs("rootfs/almalinux-9.3-micro-arm64.tar.xz"),
            images.layout("oci/whiteout-explicit-file"))) {
      byte[] json = FactsJson.write(facts);
      assertThat(validate(new String(json, StandardCharsets.UTF_8))).isEmpty();
    }
  }

  private static List<Error> validate(String json) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                Files.readString(
                    TestImages.repository().resolve("policies/schemas/image.schema.json")),
                InputFormat.JSON);
    return schema.validate(
        json,
        InputFormat.JSON,
        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }
}
