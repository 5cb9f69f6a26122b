package dev.tare.inspect;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import dev.tare.oci.Digest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Writes facts as the document that {@code policies/schemas/image.schema.json} describes. */
public final class FactsJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          // Records of other packages have methods that read like properties: isRunnable().
          .changeDefaultVisibility(visibility ->
              visibility
                  .withGetterVisibility(JsonAutoDetect.Visibility.NONE)
                  .withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
          .addModule(
              new SimpleModule().addSerializer(Digest.class, new ToStringSerializer(Digest.class)))
          .build();

  private FactsJson() {}

  /** The document as UTF-8 JSON. */
  public static byte[] write(ImageFacts facts) {
    return MAPPER.writeValueAsBytes(facts);
  }

  /** The document as a tree. */
  public static JsonNode tree(ImageFacts facts) {
    return MAPPER.valueToTree(facts);
  }
}
