package dev.tare.ticket.tracker.file;

import dev.tare.finding.Severity;
import dev.tare.finding.TagLine;
import dev.tare.ticket.TicketFinding;
import dev.tare.ticket.TicketImage;
import dev.tare.ticket.TicketKey;
import dev.tare.ticket.TicketRecord;
import dev.tare.ticket.TicketState;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A {@link TicketRecord} as YAML. Every value is written as JSON, which is YAML too and needs no
 * guess about quotes; whatever YAML an editor makes of it is read.
 *
 * <pre>
 * tare-ticket: 1
 * registry: "localhost:5000"
 * repository: "team/app"
 * tags: "v*"
 * state: "open"
 * …
 * </pre>
 */
public final class TicketFrontMatter {
  private static final int VERSION = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final YAMLMapper YAML = new YAMLMapper();

  private TicketFrontMatter() {}

  /** The lines between the two rulers, each with its line feed. */
  public static String write(TicketRecord ticket) {
    StringBuilder text = new StringBuilder();
    text.append("tare-ticket: ").append(VERSION).append('\n');
    line(text, "registry", ticket.key().registry());
    line(text, "repository", ticket.key().repository());
    line(text, "tags", ticket.key().line().tagged() ? ticket.key().line().text() : null);
    line(text, "state", ticket.state().word());
    line(text, "severity", ticket.worst().word());
    line(text, "opened", ticket.openedAt().toString());
    line(text, "updated", ticket.updatedAt().toString());
    line(text, "closed", ticket.closedAt() == null ? null : ticket.closedAt().toString());
    line(text, "opened-by", ticket.openedBy());
    line(text, "runs", ticket.runs());
    line(text, "content", ticket.content());
    line(text, "images-omitted", ticket.imagesOmitted());
    if (!ticket.inheritedBy().isEmpty()) {
      list(
          text, "inherited-by", ticket.inheritedBy().stream().map(TicketFrontMatter::key).toList());
    }
    list(text, "images", ticket.images().stream().map(TicketFrontMatter::image).toList());
    list(text, "findings", ticket.findings().stream().map(TicketFrontMatter::finding).toList());
    return text.toString();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public static TicketRecord read(String text) {
    JsonNode root;
    try {
      root = YAML.readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("front matter is not YAML: " + e.getOriginalMessage(), e);
    }
    JsonNode version = root.path("tare-ticket");
    if (!version.isInt() || version.intValue() != VERSION) {
      throw new IllegalArgumentException("tare-ticket: expected " + VERSION + ", found " + version);
    }
    JsonNode closed = field(root, "closed");
    return new TicketRecord(
        key(root),
        TicketState.ofWord(string(root, "state")).orElseThrow(() -> wrong("state", root)),
        instant(root, "opened"),
        instant(root, "updated"),
        closed.isNull() ? null : instant(root, "closed"),
        string(root, "opened-by"),
        strings(root, "runs"),
        string(root, "content"),
        findings(root),
        images(root),
        integer(root, "images-omitted"),
        keys(root, "inherited-by"));
  }

  private static TicketKey key(JsonNode node) {
    TagLine line =
        field(node, "tags").isNull() ? TagLine.UNTAGGED : new TagLine(string(node, "tags"), true);
    return new TicketKey(string(node, "registry"), string(node, "repository"), line);
  }

  private static ObjectNode key(TicketKey key) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("registry", key.registry())
        .put("repository", key.repository())
        .put("tags", key.line().tagged() ? key.line().text() : null);
  }

  /** None where there is no such field: tickets of earlier versions have none. */
  private static List<TicketKey> keys(JsonNode node, String name) {
    List<TicketKey> keys = new ArrayList<>();
    node.path(name).forEach(key -> keys.add(key(key)));
    return keys;
  }

  private static ObjectNode image(TicketImage image) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    image.tags().forEach(node.putArray("tags")::add);
    return node.put("platform", image.platform()).put("digest", image.digest());
  }

  private static ObjectNode finding(TicketFinding finding) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("rule", finding.rule()).put("severity", finding.severity().word());
    node.put("fingerprint", finding.fingerprint());
    finding.images().forEach(node.putArray("images")::add);
    if (finding.inherited()) {
      ArrayNode bases = node.putArray("bases");
      finding.bases().forEach(base -> bases.add(key(base)));
    }
    return node;
  }

  private static List<TicketImage> images(JsonNode root) {
    List<TicketImage> images = new ArrayList<>();
    for (JsonNode node : field(root, "images")) {
      images.add(
          new TicketImage(strings(node, "tags"), string(node, "digest"), string(node, "platform")));
    }
    return images;
  }

  private static List<TicketFinding> findings(JsonNode root) {
    List<TicketFinding> findings = new ArrayList<>();
    for (JsonNode node : field(root, "findings")) {
      List<Integer> positions = new ArrayList<>();
      for (JsonNode position : field(node, "images")) {
        if (!position.isInt()) {
          throw wrong("images", node);
        }
        positions.add(position.intValue());
      }
      findings.add(
          new TicketFinding(
              string(node, "fingerprint"),
              string(node, "rule"),
              Severity.ofWord(string(node, "severity")).orElseThrow(() -> wrong("severity", node)),
              positions,
              keys(node, "bases")));
    }
    return findings;
  }

  private static void line(StringBuilder text, String name, @Nullable Object value) {
    text.append(name).append(": ").append(JSON.writeValueAsString(value)).append('\n');
  }

  private static void list(StringBuilder text, String name, List<ObjectNode> values) {
    if (values.isEmpty()) {
      line(text, name, values);
      return;
    }
    text.append(name).append(":\n");
    for (ObjectNode value : values) {
      text.append("  - {");
      boolean first = true;
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        text.append(first ? "" : ", ").append(field.getKey()).append(": ");
        text.append(JSON.writeValueAsString(field.getValue()));
        first = false;
      }
      text.append("}\n");
    }
  }

  private static JsonNode field(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + ": expected, found nothing");
    }
    return value;
  }

  private static String string(JsonNode node, String name) {
    JsonNode value = field(node, name);
    if (!value.isString() || value.stringValue().isEmpty()) {
      throw wrong(name, node);
    }
    return value.stringValue();
  }

  private static int integer(JsonNode node, String name) {
    JsonNode value = field(node, name);
    if (!value.isInt() || value.intValue() < 0) {
      throw wrong(name, node);
    }
    return value.intValue();
  }

  private static List<String> strings(JsonNode node, String name) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : field(node, name)) {
      if (!value.isString()) {
        throw wrong(name, node);
      }
      values.add(value.stringValue());
    }
    return values;
  }

  private static Instant instant(JsonNode node, String name) {
    try {
      return Instant.parse(string(node, name));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          name + ": expected a time such as 2026-11-21T02:00:00Z, found " + node.get(name), e);
    }
  }

  private static IllegalArgumentException wrong(String name, JsonNode node) {
    return new IllegalArgumentException(name + ": unexpected value " + node.get(name));
  }
}
