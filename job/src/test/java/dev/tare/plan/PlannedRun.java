package dev.tare.plan;

import dev.tare.finding.ActionKind;
import dev.tare.finding.BasePrediction;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.NotInspected;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunInfo;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import dev.tare.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A run of images that a test puts together, each with the failures that it is to have. */
final class PlannedRun implements RunResults {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final List<Built> images = new ArrayList<>();
  private final Map<String, RuleDoc> rules = new TreeMap<>();

  /** An image as it is put together; layers have 100 bytes, 400 uncompressed. */
  static final class Built {
    private final String reference;
    private final String platform;
    private final ObjectNode facts = JSON.createObjectNode();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<BasePrediction> predictions = new ArrayList<>();

    Built(String reference) {
      this(reference, "linux/amd64");
    }

    Built(String reference, String platform) {
      this.reference = reference;
      this.platform = platform;
      facts.putObject("image").putObject("config");
      facts.putArray("layers");
      facts.putObject("base").putArray("lineage");
      facts.withObject("base").putObject("outdated").put("known", false);
    }

    String digest() {
      return digestOf(reference + platform);
    }

    /** The layers of another image, which it is built on. */
    Built on(Built base) {
      base.layers()
          .forEach(layer -> layers().add(((ObjectNode) layer.deepCopy()).put("inBase", true)));
      lineage().addAll(base.lineage().deepCopy());
      lineage()
          .addObject()
          .put("reference", base.reference)
          .put("digest", base.digest())
          .put("layers", base.layers().size());
      return this;
    }

    /** What it is probably built on, by its build steps: its layers are not known. */
    Built probablyOn(String reference) {
      lineage()
          .addObject()
          .put("reference", reference)
          .put("layers", 0)
          .putArray("evidence")
          .add("family");
      layers().forEach(layer -> ((ObjectNode) layer).putNull("inBase"));
      return this;
    }

    void predicted(BasePrediction prediction) {
      predictions.add(prediction);
    }

    /** A vulnerable package, of which it is not known whether a base brought it where null. */
    Built vulnerable(String id, @Nullable Boolean inBase) {
      facts.withObject("vulnerabilities").put("known", true);
      facts
          .withObject("vulnerabilities")
          .withArray("items")
          .addObject()
          .put("id", id)
          .put("package", "p")
          .put("inBase", inBase);
      return this;
    }

    Built layer(String content, String step) {
      layers()
          .addObject()
          .put("index", layers().size())
          .put("digest", digestOf(content))
          .put("compressed", 100)
          .put("uncompressed", 400)
          .put("createdBy", step)
          .put("inBase", false);
      return this;
    }

    private ArrayNode layers() {
      return (ArrayNode) facts.path("layers");
    }

    private ArrayNode lineage() {
      return (ArrayNode) facts.path("base").path("lineage");
    }
  }

  private static String digestOf(String text) {
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  PlannedRun rule(String id, ActionKind kind) {
    rules.put(id, new RuleDoc(id, id, "", Severity.LOW, "", kind, "", "", List.of(), Map.of(), ""));
    return this;
  }

  Built image(String reference) {
    return image(reference, "linux/amd64");
  }

  Built image(String reference, String platform) {
    Built image = new Built(reference, platform);
    images.add(image);
    return image;
  }

  /** A failure with this evidence. */
  void fails(Built image, String rule, Severity severity, String evidence) {
    outcome(image, rule, OutcomeKind.FAIL, severity, evidence);
  }

  void outcome(Built image, String rule, OutcomeKind kind, Severity severity, String evidence) {
    JsonNode node = JSON.readTree(evidence.replace('\'', '"'));
    image.outcomes.add(new Outcome(rule, kind, severity, "", node, image.reference + rule, null));
  }

  @Override
  public void forEachImage(Consumer<JudgedImage> consumer) {
    for (Built image : images) {
      String name = image.reference.substring(image.reference.indexOf('/') + 1);
      String[] parts = name.split(":", 2);
      JudgedImage judged =
          new JudgedImage(
              "r:5000",
              parts[0],
              List.of(parts[1]),
              image.reference,
              image.digest(),
              image.platform,
              Verdict.FAILING,
              image.facts,
              image.outcomes);
      consumer.accept(judged.withPredictions(image.predictions));
    }
  }

  @Override
  public List<RuleDoc> rules() {
    return List.copyOf(rules.values());
  }

  @Override
  public RunInfo run() {
    throw new UnsupportedOperationException();
  }

  @Override
  public RunSummary summary() {
    return new RunSummary(
        0, images.size(), 0, images.size(), 0, 0, 0, 0, 0, 0, Map.of(), null, null);
  }

  @Override
  public List<NotInspected> notInspected() {
    return List.of();
  }
}
