package dev.tare.ticket.tracker.webhook;

import dev.tare.ticket.Sha256;
import dev.tare.ticket.Ticket;
import dev.tare.ticket.TicketFinding;
import dev.tare.ticket.TicketImage;
import dev.tare.ticket.TicketKey;
import dev.tare.ticket.TicketOutbox.Message;
import dev.tare.ticket.TicketRecord;
import dev.tare.ticket.TicketState;
import dev.tare.ticket.tracker.file.TicketFrontMatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a receiver is told of a ticket: the whole of it, as it is from now on. {@code
 * docs/schemas/ticket-event.schema.json} describes it.
 */
final class TicketEvent {
  /** Of the texts in Markdown, so that a message stays small. */
  private static final int LONGEST_TEXT = 16_000;

  private static final int ID_DIGITS = 32;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private TicketEvent() {}

  /**
   * The message about a change. The same change has the same identifier, also in a state that was
   * lost.
   *
   * @param place of the tracker
   * @param before what the receiver was told last; null where it knows nothing of the ticket
   */
  static Message of(String place, Ticket ticket, @Nullable TicketRecord before) {
    String type = type(before, ticket.data());
    String record = TicketFrontMatter.write(ticket.data());
    String id = "msg_" + Sha256.of(place + "\n" + type + "\n" + record).substring(0, ID_DIGITS);
    ObjectNode event = object();
    event.put("type", type).put("timestamp", ticket.data().updatedAt().toString());
    event.set("data", data(ticket));
    return new Message(id, JSON.writeValueAsString(event), record);
  }

  private static String type(@Nullable TicketRecord before, TicketRecord after) {
    if (before == null) {
      return "ticket.created";
    }
    if (before.state() == after.state()) {
      return "ticket.updated";
    }
    return after.state() == TicketState.OPEN ? "ticket.reopened" : "ticket.closed";
  }

  private static ObjectNode data(Ticket ticket) {
    TicketRecord record = ticket.data();
    ObjectNode node = object();
    node.put("id", record.key().mark());
    node.setAll(key(record.key()));
    node.put("state", record.state().word());
    node.put("severity", record.worst().word());
    node.put("title", ticket.title());
    node.put("openedAt", record.openedAt().toString());
    node.put("updatedAt", record.updatedAt().toString());
    node.put("closedAt", record.closedAt() == null ? null : record.closedAt().toString());
    node.put("run", record.runs().isEmpty() ? record.openedBy() : record.runs().getLast());
    ArrayNode findings = node.putArray("findings");
    record.findings().forEach(finding -> findings.add(finding(finding)));
    ArrayNode images = node.putArray("images");
    record.images().forEach(image -> images.add(image(image)));
    node.put("imagesOmitted", record.imagesOmitted());
    ArrayNode inheriting = node.putArray("inheritedBy");
    record.inheritedBy().forEach(key -> inheriting.add(key(key)));
    node.put("text", ticket.body().text(LONGEST_TEXT));
    node.put("comment", cut(ticket.comment()));
    return node;
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= LONGEST_TEXT
        ? text
        : text.substring(0, LONGEST_TEXT - 1) + "…";
  }

  private static ObjectNode key(TicketKey key) {
    return object()
        .put("registry", key.registry())
        .put("repository", key.repository())
        .put("tags", key.line().tagged() ? key.line().text() : null);
  }

  private static ObjectNode finding(TicketFinding finding) {
    ObjectNode node = object();
    node.put("rule", finding.rule()).put("severity", finding.severity().word());
    node.put("fingerprint", finding.fingerprint());
    finding.images().forEach(node.putArray("images")::add);
    ArrayNode bases = node.putArray("bases");
    finding.bases().forEach(base -> bases.add(key(base)));
    return node;
  }

  private static ObjectNode image(TicketImage image) {
    ObjectNode node = object();
    image.tags().forEach(node.putArray("tags")::add);
    return node.put("platform", image.platform()).put("digest", image.digest());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
