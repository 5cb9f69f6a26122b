package dev.tare.report;

import dev.tare.finding.RunResults;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code index.html}: the run for people, as one page that needs no network and runs no script but
 * its own. What it shows comes from one block of JSON; {@link PageData} says what is in it.
 */
final class HtmlReportWriter implements ReportWriter {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().characterEscapes(new ScriptSafeEscapes()).build())
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private final PageLimits limits;

  HtmlReportWriter() {
    this(PageLimits.DEFAULT);
  }

  HtmlReportWriter(PageLimits limits) {
    this.limits = limits;
  }

  @Override
  public String format() {
    return "html";
  }

  @Override
  public String fileName() {
    return "index.html";
  }

  @Override
  public void write(RunResults results, Path file) throws IOException {
    PageAssets assets = PageAssets.load();
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write(assets.head());
      try (JsonGenerator json = MAPPER.createGenerator(out)) {
        new PageData(limits, json).write(results);
      }
      out.write(assets.tail());
    }
  }
}
