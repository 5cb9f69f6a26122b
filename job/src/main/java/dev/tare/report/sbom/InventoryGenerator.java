package dev.tare.report.sbom;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.Serial;
import org.cyclonedx.Version;
import org.cyclonedx.generators.json.BomJsonGenerator;
import org.cyclonedx.model.Bom;
import org.cyclonedx.util.serializer.TrimStringSerializer;

/**
 * CycloneDX's generator for many inventories, one after the other. The library means one generator
 * for each document, works out anew how to write every class, and compiles a pattern for every
 * text, together two thirds of its time: here one generator serves all, its document is filled
 * again and again, and only a text with white space to fix goes through the patterns. Not safe for
 * concurrent use.
 */
final class InventoryGenerator extends BomJsonGenerator {
  /** Of a document that is filled before each {@link #toJsonString()}. */
  InventoryGenerator(Bom bom, Version version) {
    super(bom, version);
    mapper.registerModule(new SimpleModule().addSerializer(new TextSerializer()));
  }

  /** The document. */
  Bom bom() {
    return bom;
  }

  /** Writes what the library's own would. */
  private static final class TextSerializer extends TrimStringSerializer {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Object value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value instanceof String text && isTidy(text)) {
        json.writeString(text);
      } else {
        super.serialize(value, json, provider);
      }
    }

    /** Whether nothing but single spaces between words is in it that trimming might touch. */
    private static boolean isTidy(String text) {
      char previous = ' ';
      for (int i = 0; i < text.length(); i++) {
        char here = text.charAt(i);
        if (here < ' ' || (here == ' ' && previous == ' ')) {
          return false;
        }
        previous = here;
      }
      return previous != ' ' || text.isEmpty();
    }
  }
}
