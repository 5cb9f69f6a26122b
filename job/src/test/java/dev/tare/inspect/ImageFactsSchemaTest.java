package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tare.facts.Vulnerabilities;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

  /** Those that no test writes have the names and the order of the schema too. */
  @Test
  void recordsHaveThePropertiesOfTheSchema() throws IOException {
    JsonNode schema = JsonMapper.shared().readTree(published());
    List<Class<?>> compared = new ArrayList<>();
    compare(ImageFacts.class, schema, schema, compared);
    assertThat(compared).contains(Vulnerabilities.Item.class, ImageFacts.Gap.class);
  }

  private static void compare(
      Class<?> record, JsonNode schema, JsonNode whole, List<Class<?>> compared) {
    compared.add(record);
    assertThat(names(record)).as(record.getName()).isEqualTo(properties(schema, whole));
    for (RecordComponent component : record.getRecordComponents()) {
      JsonNode part = resolved(schema, whole).path("properties").path(name(component));
      Class<?> type = component.getType();
      if (type == List.class) {
        Type element = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
        type = (Class<?>) element;
        part = resolved(part, whole).path("items");
      }
      if (type.isRecord() && !resolved(part, whole).path("properties").isEmpty()) {
        compare(type, part, whole, compared);
      }
    }
  }

  private static List<String> names(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(ImageFactsSchemaTest::name).toList();
  }

  private static String name(RecordComponent component) {
    JsonProperty written = component.getAccessor().getAnnotation(JsonProperty.class);
    return written == null ? component.getName() : written.value();
  }

  private static List<String> properties(JsonNode schema, JsonNode whole) {
    return List.copyOf(resolved(schema, whole).path("properties").propertyNames());
  }

  private static JsonNode resolved(JsonNode schema, JsonNode whole) {
    String reference = schema.path("$ref").asString("");
    return reference.isEmpty() ? schema : whole.at(reference.substring(1));
  }

  private static String published() throws IOException {
    return Files.readString(TestImages.repository().resolve("policies/schemas/image.schema.json"));
  }

  private static List<Error> validate(String json) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(published(), InputFormat.JSON);
    return schema.validate(
        json,
        InputFormat.JSON,
        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }
}
