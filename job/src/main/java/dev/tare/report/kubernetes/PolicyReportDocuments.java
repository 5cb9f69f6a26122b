package dev.tare.report.kubernetes;

import dev.tare.finding.Comparison;
import dev.tare.finding.FindingChange;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.NotInspected;
import dev.tare.finding.Outcome;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunResults;
import dev.tare.finding.Workload;
import dev.tare.report.ReportInput;
import dev.tare.report.text.KubernetesName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Policy reports of a run: one for each repository and place, more where one would not fit etcd; at
 * the end one of what could not be looked into. Passed and not applicable rules are counted in
 * {@code summary} only; a million results that say "fine" would be read by nobody.
 *
 * @see <a
 *     href="https://github.com/kubernetes-sigs/wg-policy-prototypes/tree/master/policy-report/crd/v1alpha2">wgpolicyk8s.io/v1alpha2</a>
 */
public final class PolicyReportDocuments {
  /** etcd takes requests of 1.5 MiB, with the fields that the API server adds. */
  public static final int LARGEST_BYTES = 1_000_000;

  /** Which repository a report is about; none where it is about what could not be looked into. */
  static final String REPOSITORY = "tare.dev/repository";

  private static final List<String> RESULTS = List.of("pass", "fail", "warn", "error", "skip");

  /** No character is shorter in the API server's words. */
  private static final JsonMapper SIZES =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final RunResults results;
  private final @Nullable Comparison since;
  private final int largestBytes;
  private final Function<List<Workload>, List<PolicyReportPlace>> places;
  private final Consumer<ObjectNode> consumer;
  private final long atSeconds;
  private final Map<String, RuleDoc> rules = new HashMap<>();
  private final Map<PolicyReportPlace, Pending> pending = new LinkedHashMap<>();
  private @Nullable String repository;

  /**
   * Documents of a run.
   *
   * @param input of it, with what changed since an earlier one
   * @param places where the reports on an image stand, by what runs it
   * @param consumer of the finished documents
   */
  public PolicyReportDocuments(
      ReportInput input,
      int largestBytes,
      Function<List<Workload>, List<PolicyReportPlace>> places,
      Consumer<ObjectNode> consumer) {
    this.results = input.results();
    this.since = input.since();
    this.largestBytes = largestBytes;
    this.places = places;
    this.consumer = consumer;
    this.atSeconds = results.run().startedAt().getEpochSecond();
    results.rules().forEach(rule -> rules.put(rule.id(), rule));
  }

  /** Adds an image; those of a repository come one after the other. */
  public void image(JudgedImage image) {
    String name = image.registry() + "/" + image.repository();
    if (!name.equals(repository)) {
      flush();
      repository = name;
    }
    for (PolicyReportPlace place : places.apply(image.usedBy())) {
      Pending report = pending.computeIfAbsent(place, where -> new Pending(where, name, name));
      List<Workload> workloads = place.visible(image.usedBy());
      for (Outcome outcome : image.outcomes()) {
        if (PolicyReportRow.isListed(outcome)) {
          report.add(
              PolicyReportRow.of(
                  image,
                  outcome,
                  rules.get(outcome.rule()),
                  workloads,
                  change(outcome),
                  atSeconds));
        }
        report.count(PolicyReportRow.result(outcome));
      }
    }
  }

  private @Nullable FindingChange change(Outcome outcome) {
    return since == null ? null : since.of(outcome).orElse(null);
  }

  /** Adds what could not be looked into, and hands over the last documents. */
  public void finish() {
    flush();
    String title = PolicyReportRow.NOT_INSPECTED + " " + String.join(" ", results.run().targets());
    for (NotInspected problem : results.notInspected()) {
      for (PolicyReportPlace place : places.apply(List.of())) {
        Pending report = pending.computeIfAbsent(place, where -> new Pending(where, title, null));
        report.add(PolicyReportRow.of(problem, atSeconds));
        report.count("error");
      }
    }
    flush();
  }

  private void flush() {
    pending.values().forEach(Pending::flush);
    pending.clear();
  }

  /** A report that is being filled. */
  private final class Pending {
    private final PolicyReportPlace place;
    private final String title;
    private final @Nullable String about;
    private final List<ObjectNode> rows = new ArrayList<>();
    private final Map<String, Integer> summary = new TreeMap<>();
    private int bytes;
    private int part;

    Pending(PolicyReportPlace place, String title, @Nullable String about) {
      this.place = place;
      this.title = title;
      this.about = about;
    }

    void add(ObjectNode row) {
      int size = SIZES.writeValueAsString(row).length();
      if (bytes + size > largestBytes && !rows.isEmpty()) {
        flush();
      }
      rows.add(row);
      bytes += size;
    }

    void count(String result) {
      summary.merge(result, 1, Integer::sum);
    }

    void flush() {
      part++;
      consumer.accept(resource());
      rows.clear();
      summary.clear();
      bytes = 0;
    }

    private ObjectNode resource() {
      ObjectNode resource = JsonNodeFactory.instance.objectNode();
      resource.put("apiVersion", "wgpolicyk8s.io/v1alpha2");
      resource.put("kind", place.kind());
      ObjectNode metadata = resource.putObject("metadata");
      metadata.put("name", KubernetesName.of(title, part));
      if (place.namespace() != null) {
        metadata.put("namespace", place.namespace());
      }
      metadata.putObject("labels").put("app.kubernetes.io/managed-by", "tare");
      ObjectNode annotations = metadata.putObject("annotations");
      if (about != null) {
        annotations.put(REPOSITORY, about);
      }
      annotations.put("tare.dev/run", results.run().id());
      ObjectNode counts = resource.putObject("summary");
      RESULTS.forEach(word -> counts.put(word, summary.getOrDefault(word, 0)));
      resource.putArray("results").addAll(rows);
      return resource;
    }
  }
}
