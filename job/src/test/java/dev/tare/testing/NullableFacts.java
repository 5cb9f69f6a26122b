package dev.tare.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The facts that the schema lets be null, which is what they are where they are not known; and a
 * document that has them all. A fact that is new in the schema is here without further ado.
 */
public final class NullableFacts {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonNode SCHEMA = schema();
  private static final String DIGEST = "sha256:" + "a".repeat(64);

  private NullableFacts() {}

  /**
   * A fact.
   *
   * @param path {@code tools.*.inBase}; a star is every element
   * @param type {@code boolean}, {@code integer}, {@code string}, {@code object} or {@code array}
   */
  public record Fact(String path, String type) {
    /** The document with this value of the fact, wherever it stands. */
    public ObjectNode in(JsonNode document, JsonNode value) {
      ObjectNode copy = (ObjectNode) document.deepCopy();
      set(Stream.of(copy), List.of(path.split("\\.")), value);
      return copy;
    }

    /** The documents with two values that are known. */
    public List<ObjectNode> known(JsonNode document) {
      return switch (type) {
        case "boolean" -> List.of(in(document, NODES.booleanNode(true)), in(document, no()));
        case "integer" -> List.of(in(document, NODES.numberNode(1)), in(document, no()));
        default -> List.of();
      };
    }

    /** The value as which an unknown one is most easily mistaken. */
    private JsonNode no() {
      return type.equals("boolean") ? NODES.booleanNode(false) : NODES.numberNode(0);
    }

    /** The document in which it is not known. */
    public ObjectNode unknown(JsonNode document) {
      return in(document, NODES.nullNode());
    }
  }

  /** Those that are a yes or no, or a number. */
  public static List<Fact> decisive() {
    return all().stream()
        .filter(fact -> fact.type().equals("boolean") || fact.type().equals("integer"))
        .toList();
  }

  /** All of them. */
  public static List<Fact> all() {
    List<Fact> facts = new ArrayList<>();
    collect("", SCHEMA, facts);
    return facts;
  }

  /** A document in which each fact is known: two layers, one element in every other list. */
  public static ObjectNode document() {
    ObjectNode document = (ObjectNode) sample("", SCHEMA);
    ArrayNode layers = document.withArray("layers");
    layers.add(((ObjectNode) layers.get(0).deepCopy()).put("index", 1));
    return document;
  }

  private static void set(Stream<JsonNode> parents, List<String> path, JsonNode value) {
    String name = path.getFirst();
    if (path.size() == 1) {
      parents.filter(JsonNode::isObject).forEach(one -> ((ObjectNode) one).set(name, value));
    } else {
      set(
          parents.flatMap(one -> name.equals("*") ? one.valueStream() : Stream.of(one.path(name))),
          path.subList(1, path.size()),
          value);
    }
  }

  private static void collect(String path, JsonNode schema, List<Fact> facts) {
    JsonNode type = schema.path("type");
    if (type.isArray() && !path.isEmpty()) {
      facts.add(new Fact(path, type.get(0).asString()));
    }
    String below = path.isEmpty() ? "" : path + ".";
    for (Map.Entry<String, JsonNode> one : schema.path("properties").properties()) {
      collect(below + one.getKey(), resolved(one.getValue()), facts);
    }
    if (schema.has("items")) {
      collect(below + "*", resolved(schema.path("items")), facts);
    }
  }

  private static JsonNode sample(String name, JsonNode schema) {
    JsonNode type = schema.path("type");
    if (schema.has("enum")) {
      return schema.path("enum").get(0);
    }
    return switch (type.isArray() ? type.get(0).asString() : type.asString("")) {
      case "object" -> {
        ObjectNode object = NODES.objectNode();
        for (Map.Entry<String, JsonNode> one : schema.path("properties").properties()) {
          object.set(one.getKey(), sample(one.getKey(), resolved(one.getValue())));
        }
        yield object;
      }
      case "array" -> {
        ArrayNode array = NODES.arrayNode();
        array.add(sample("", resolved(schema.path("items"))));
        yield array;
      }
      case "boolean" -> NODES.booleanNode(true);
      case "integer" -> NODES.numberNode(name.equals("index") || name.equals("layer") ? 0 : 7);
      case "number" -> NODES.numberNode(1.0);
      default -> NODES.stringNode(text(name, schema));
    };
  }

  private static String text(String name, JsonNode schema) {
    if (schema.path("pattern").asString("").contains("sha256")) {
      return DIGEST;
    }
    return switch (name) {
      case "created", "evaluatedAt" -> "2026-11-01T00:00:00Z";
      case "eol" -> "2028-06-30";
      case "mode" -> "0755";
      default -> "some-" + name;
    };
  }

  private static JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asString("");
    return reference.isEmpty() ? schema : SCHEMA.at(reference.substring(1));
  }

  private static JsonNode schema() {
    try (InputStream stream =
        NullableFacts.class.getResourceAsStream("/tare/schemas/image.schema.json")) {
      return JsonMapper.shared().readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
