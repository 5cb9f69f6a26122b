package dev.tare.report.html;

import dev.tare.plan.Plan;
import dev.tare.report.text.ScriptSafeEscapes;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** One page that is being written: the template, and in its middle the data. */
public final class Page implements Closeable {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().characterEscapes(new ScriptSafeEscapes()).build())
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private final PageAssets assets;
  private final Writer out;
  private final JsonGenerator json;
  private final PageData data;

  public Page(PageAssets assets, Writer out, PageLimits limits) throws IOException {
    this.assets = assets;
    this.out = out;
    out.write(assets.head());
    this.json = MAPPER.createGenerator(out);
    this.data = new PageData(limits, json);
  }

  public PageData data() {
    return data;
  }

  /**
   * Writes the rest.
   *
   * @param plan what to do first; null on a page that is a part
   */
  void finish(@Nullable Plan plan) throws IOException {
    data.end(plan);
    json.close();
    out.write(assets.tail());
    out.close();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
