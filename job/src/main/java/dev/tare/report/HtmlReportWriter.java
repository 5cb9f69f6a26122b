package dev.tare.report;

import dev.tare.finding.JudgedImage;
import java.io.IOException;
import java.io.Writer;
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
  public OpenReport open(ReportInput input, ReportFiles files) throws IOException {
    PageAssets assets = PageAssets.load();
    Writer out = files.createText(fileName());
    out.write(assets.head());
    JsonGenerator json = MAPPER.createGenerator(out);
    PageData data = new PageData(limits, json);
    data.begin(input);
    return new OpenReport() {
      @Override
      public void image(JudgedImage image) {
        data.image(image);
      }

      @Override
      public void finish() throws IOException {
        data.end();
        json.close();
        out.write(assets.tail());
        out.close();
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }
}
