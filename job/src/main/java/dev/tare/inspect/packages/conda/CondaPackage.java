package dev.tare.inspect.packages.conda;

import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import dev.tare.inspect.packages.reader.ProgramDirectories;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** What conda wrote of a package that it installed. */
final class CondaPackage {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private @Nullable String name;
  private @Nullable String version;
  private @Nullable String platform;
  private final List<String> programs = new ArrayList<>();

  private CondaPackage() {}

  /**
   * Reduces it to {@link PackageText}.
   *
   * @param environment that it is installed in, with a slash at its end
   */
  static byte[] reduce(String environment, byte[] content) {
    CondaPackage item = new CondaPackage();
    PackageText text = new PackageText();
    try (JsonParser parser = JSON.createParser(content)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        text.addFailure("no JSON object");
        return text.toBytes();
      }
      item.read(environment, parser);
    } catch (JacksonException e) {
      text.addFailure("no JSON: " + e.getOriginalMessage());
      return text.toBytes();
    }
    String named = item.name;
    String versioned = item.version;
    if (named == null || versioned == null || named.isEmpty() || versioned.isEmpty()) {
      text.addFailure("no name or no version");
      return text.toBytes();
    }
    text.add(new PackageRecord("conda", named, versioned, item.platform, null, null));
    item.programs.forEach(text::addFile);
    return text.toBytes();
  }

  private void read(String environment, JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_STRING) {
        switch (key) {
          case "name" -> name = parser.getString();
          case "version" -> version = parser.getString();
          case "subdir" -> platform = parser.getString();
          default -> {}
        }
      } else if (value == JsonToken.START_ARRAY && key.equals("files")) {
        readFiles(environment, parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  /** A package has its files in its environment. */
  private static boolean isOutside(String path) {
    return List.of(path.split("/", -1)).contains("..");
  }

  private void readFiles(String environment, JsonParser parser) {
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.VALUE_STRING) {
        String path = environment + parser.getString();
        if (ProgramDirectories.mayHold(path) && !isOutside(path)) {
          programs.add(path);
        }
      } else {
        parser.skipChildren();
      }
    }
  }
}
