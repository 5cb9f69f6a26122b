package dev.tare.report.text;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.MinimalPrettyPrinter;

/**
 * One line for each property of the document and for each element of its lists. Indenting
 * everything doubles the size; no line feed at all makes a file that editors do not open and {@code
 * diff} and {@code grep} cannot work on. Line feeds on every system, so that the same run gives the
 * same bytes. For one generator.
 */
public final class ElementPerLine extends MinimalPrettyPrinter {
  private static final long serialVersionUID = 1L;

  private int depth;

  @Override
  public void writeStartObject(JsonGenerator json) {
    super.writeStartObject(json);
    begin(json, false);
  }

  @Override
  public void writeStartArray(JsonGenerator json) {
    super.writeStartArray(json);
    begin(json, true);
  }

  @Override
  public void writeObjectEntrySeparator(JsonGenerator json) {
    super.writeObjectEntrySeparator(json);
    if (depth == 1) {
      json.writeRaw('\n');
    }
  }

  @Override
  public void writeArrayValueSeparator(JsonGenerator json) {
    super.writeArrayValueSeparator(json);
    if (depth == 2) {
      json.writeRaw('\n');
    }
  }

  @Override
  public void writeEndObject(JsonGenerator json, int entries) {
    end(json, false);
    super.writeEndObject(json, entries);
  }

  @Override
  public void writeEndArray(JsonGenerator json, int values) {
    end(json, true);
    super.writeEndArray(json, values);
  }

  private void begin(JsonGenerator json, boolean array) {
    depth++;
    if (broken(array)) {
      json.writeRaw('\n');
    }
  }

  private void end(JsonGenerator json, boolean array) {
    if (broken(array)) {
      json.writeRaw('\n');
    }
    depth--;
  }

  private boolean broken(boolean array) {
    return depth == 1 || (array && depth == 2);
  }
}
