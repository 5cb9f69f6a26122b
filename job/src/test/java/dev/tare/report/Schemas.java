package dev.tare.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** JSON schemas of others, for validation. */
public final class Schemas {
  private Schemas() {}

  /** The schema in this resource, of the dialect that it states or else of draft 7. */
  public static Schema resource(String name) throws IOException {
    try (InputStream in = Schemas.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  public static Schema of(String text) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
        .getSchema(text, InputFormat.JSON);
  }
}
