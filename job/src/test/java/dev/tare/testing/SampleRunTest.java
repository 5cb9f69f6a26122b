package dev.tare.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The samples are what the job would produce. */
class SampleRunTest {
  @Test
  void factsAreValidAgainstTheSchemaOfFacts() throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                Files.readString(
                    TestImages.repository().resolve("policies/schemas/image.schema.json")),
                InputFormat.JSON);
    SampleRun.small()
        .forEachImage(image ->
            assertThat(schema.validate(image.facts().toString(), InputFormat.JSON))
                .as(image.reference())
                .isEmpty());
  }
}
