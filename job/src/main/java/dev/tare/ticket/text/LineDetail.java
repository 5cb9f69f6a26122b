package dev.tare.ticket.text;

import dev.tare.facts.Base;
import dev.tare.facts.Layer;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.Severity;
import dev.tare.finding.Workload;
import dev.tare.ticket.LineSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a ticket's text needs of the images of one line beyond its record. Of each finding it keeps
 * what the first image says, and a few other messages, so that a line of thousands of images fits.
 */
final class LineDetail {
  private static final int MAX_MESSAGES = 3;
  private static final int MAX_NAMES = 3;
  private static final List<String> LABELS =
      List.of(
          "org.opencontainers.image.source",
          "org.opencontainers.image.revision",
          "org.opencontainers.image.authors",
          "org.opencontainers.image.vendor",
          "maintainer");

  private final Severity minimum;
  private final Map<String, Seen> failed = new TreeMap<>();
  private final Map<String, Outcome> waived = new TreeMap<>();
  private final Set<String> bases = new LinkedHashSet<>();
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final Set<Workload> workloads = new TreeSet<>();
  private int images;

  LineDetail(Severity minimum) {
    this.minimum = minimum;
  }

  /**
   * A finding as the first image shows it.
   *
   * @param messages the first one, and others where they differ
   * @param layers that the evidence names, root first
   */
  record Seen(List<String> messages, JsonNode evidence, List<Layer> layers) {}

  void add(JudgedImage image) {
    images++;
    boolean fails = false;
    StoredFacts facts = StoredFacts.of(image.facts());
    for (Outcome outcome : image.outcomes()) {
      if (LineSummary.failsWith(outcome, minimum)) {
        fails = true;
        see(outcome, facts);
      } else if (outcome.kind() == OutcomeKind.WAIVED) {
        waived.putIfAbsent(outcome.fingerprint(), outcome);
      }
    }
    if (fails) {
      nameOrigin(facts);
      workloads.addAll(image.usedBy());
    }
  }

  int images() {
    return images;
  }

  Map<String, Seen> failed() {
    return failed;
  }

  /** Waived outcomes by fingerprint. */
  Map<String, Outcome> waived() {
    return waived;
  }

  /** What the failing images are built on, a few of them. */
  Set<String> bases() {
    return bases;
  }

  /** Labels of the failing images that say where they come from; the first image that has one. */
  Map<String, String> labels() {
    return labels;
  }

  /** What runs the failing images, sorted. */
  Set<Workload> workloads() {
    return workloads;
  }

  private void see(Outcome outcome, StoredFacts facts) {
    Seen seen = failed.get(outcome.fingerprint());
    if (seen == null) {
      List<String> messages = new ArrayList<>();
      messages.add(outcome.message());
      failed.put(
          outcome.fingerprint(),
          new Seen(messages, outcome.evidence(), layers(outcome.evidence(), facts)));
    } else if (seen.messages().size() < MAX_MESSAGES
        && !seen.messages().contains(outcome.message())) {
      seen.messages().add(outcome.message());
    }
  }

  private void nameOrigin(StoredFacts facts) {
    Base base = facts.base();
    String name = name(base.parent());
    if (name.isEmpty()) {
      name = name(base.root());
    }
    if (!name.isEmpty() && bases.size() < MAX_NAMES) {
      bases.add(name);
    }
    Map<String, String> own = facts.image().labels();
    for (String label : LABELS) {
      String value = own.getOrDefault(label, "");
      if (!value.isEmpty()) {
        labels.putIfAbsent(label, value);
      }
    }
  }

  private static String name(Base.@Nullable Ancestor ancestor) {
    return ancestor == null || ancestor.reference() == null ? "" : ancestor.reference();
  }

  private static List<Layer> layers(JsonNode evidence, StoredFacts facts) {
    Set<Integer> indexes = new TreeSet<>();
    collectLayers(evidence, indexes, 0);
    return facts.layers().stream()
        .filter(layer -> layer.index() != null && indexes.contains(layer.index()))
        .toList();
  }

  /** Evidence names a layer by its index, under {@code layer} or in an array {@code layers}. */
  private static void collectLayers(JsonNode node, Set<Integer> indexes, int depth) {
    if (depth > EvidenceText.MAX_DEPTH) {
      return;
    }
    if (node.isObject()) {
      JsonNode layer = node.path("layer");
      if (layer.isInt()) {
        indexes.add(layer.intValue());
      }
      for (JsonNode each : node.path("layers")) {
        if (each.isInt()) {
          indexes.add(each.intValue());
        }
      }
    }
    for (JsonNode child : node) {
      collectLayers(child, indexes, depth + 1);
    }
  }
}
