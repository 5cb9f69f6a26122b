package dev.tare.batch.describe;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import dev.tare.inspect.InspectionContext;
import dev.tare.lineage.Lineage;
import dev.tare.store.StoredImage;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that the facts of an image are made of, but the time, as a text: equal texts, equal facts. An
 * input of {@link dev.tare.inspect.ImageInspector} that does not stand here makes facts outlive
 * what they say.
 */
final class MadeOf {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          // Records have methods that read like properties: isRunnable().
          .changeDefaultVisibility(
              visibility -> visibility.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
          .build();

  private MadeOf() {}

  /**
   * The text.
   *
   * @param program that inspects: equal for the same classes and lists
   * @param layers what is stored of them
   */
  static String text(
      String program,
      StoredImage image,
      String layers,
      Lineage lineage,
      InspectionContext context) {
    return MAPPER.writeValueAsString(
        List.of(
            program,
            image.registry(),
            image.repository(),
            image.tags(),
            image.digest(),
            String.valueOf(image.indexDigest()),
            image.mediaType(),
            image.configDigest(),
            image.platform(),
            layers,
            lineage,
            Map.of(
                "profile", context.profile(),
                "exclusive", String.valueOf(context.exclusiveBytes()),
                "previous", List.of(context.previous() == null ? "" : context.previous()),
                "provenance", context.provenance(),
                "knownAsBase", context.knownAsBase().stream().sorted().toList())));
  }
}
