package dev.tare.report;

import dev.tare.finding.Comparison;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunResults;
import dev.tare.finding.Severity;
import dev.tare.finding.Waiver;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * {@code policyreport.yaml}: Kubernetes {@code PolicyReport} resources, one document for each
 * repository, and more where one would not fit etcd. Without a namespace: {@code kubectl apply
 * --namespace} says where. Passed and not applicable rules are counted in {@code summary} only; a
 * million results that say "fine" would be read by nobody.
 *
 * @see <a
 *     href="https://github.com/kubernetes-sigs/wg-policy-prototypes/tree/master/policy-report/crd/v1alpha2">wgpolicyk8s.io/v1alpha2</a>
 */
final class PolicyReportWriter implements ReportWriter {
  /** etcd takes requests of 1.5 MiB, with the fields that the API server adds. */
  static final int LARGEST_BYTES = 1_000_000;

  private static final int MESSAGE_LENGTH = 1_000;

  private static final JsonMapper SIZES =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLWriteFeature.SPLIT_LINES)
          .build();

  private final int largestBytes;

  PolicyReportWriter() {
    this(LARGEST_BYTES);
  }

  PolicyReportWriter(int largestBytes) {
    this.largestBytes = largestBytes;
  }

  @Override
  public String format() {
    return "policyreport";
  }

  @Override
  public String fileName() {
    return "policyreport.yaml";
  }

  @Override
  public OpenReport open(ReportInput input, ReportFiles files) throws IOException {
    RunResults results = input.results();
    return new Report(results, input.since(), files.createText(fileName()));
  }

  private final class Report implements OpenReport {
    private final RunResults results;
    private final @Nullable Comparison since;
    private final Writer out;
    private final Map<String, RuleDoc> rules = new HashMap<>();
    private final List<ObjectNode> pending = new ArrayList<>();
    private final Map<String, Integer> summary = new TreeMap<>();
    private @Nullable String repository;
    private int pendingBytes;
    private int part;

    Report(RunResults results, @Nullable Comparison since, Writer out) {
      this.results = results;
      this.since = since;
      this.out = out;
      results.rules().forEach(rule -> rules.put(rule.id(), rule));
    }

    @Override
    public void image(JudgedImage image) throws IOException {
      String name = image.registry() + "/" + image.repository();
      if (!name.equals(repository)) {
        flush();
        repository = name;
        part = 0;
      }
      for (Outcome outcome : image.outcomes()) {
        String result = result(outcome);
        if (outcome.kind() != OutcomeKind.PASS && outcome.kind() != OutcomeKind.NOT_APPLICABLE) {
          ObjectNode row = row(image, outcome, result);
          int bytes = SIZES.writeValueAsString(row).length();
          if (pendingBytes + bytes > largestBytes && !pending.isEmpty()) {
            flush();
          }
          pending.add(row);
          pendingBytes += bytes;
        }
        summary.merge(result, 1, Integer::sum);
      }
    }

    private ObjectNode row(JudgedImage image, Outcome outcome, String result) {
      RuleDoc rule = rules.get(outcome.rule());
      ObjectNode row = JsonNodeFactory.instance.objectNode();
      row.put("source", "tare");
      row.put("policy", outcome.rule());
      if (rule != null) {
        row.put("rule", rule.title());
        row.put("category", rule.theme());
      }
      row.put("result", result);
      row.put("severity", severity(outcome.severity()));
      row.put("scored", outcome.kind() == OutcomeKind.FAIL && outcome.severity() != Severity.NOTE);
      row.put("message", Cut.to(image.reference() + ": " + outcome.message(), MESSAGE_LENGTH));
      row.putObject("timestamp")
          .put("seconds", results.run().startedAt().getEpochSecond())
          .put("nanos", 0);
      ObjectNode properties = row.putObject("properties");
      properties.put("image", image.reference());
      properties.put("digest", image.digest());
      properties.put("platform", image.platform());
      properties.put("fingerprint", outcome.fingerprint());
      if (since != null) {
        since.of(outcome).ifPresent(change -> properties.put("change", change.word()));
      }
      Waiver waiver = outcome.waiver();
      if (waiver != null) {
        properties.put("waivedUntil", waiver.expires().toString());
        properties.put("waivedBy", waiver.owner());
        properties.put("waivedBecause", Cut.to(waiver.reason(), MESSAGE_LENGTH));
      }
      return row;
    }

    /** A failed note warns; a waived finding is skipped; what could not be answered is an error. */
    private static String result(Outcome outcome) {
      return switch (outcome.kind()) {
        case PASS -> "pass";
        case FAIL -> outcome.severity() == Severity.NOTE ? "warn" : "fail";
        case UNKNOWN -> "error";
        case WAIVED, NOT_APPLICABLE -> "skip";
      };
    }

    private static String severity(Severity severity) {
      return switch (severity) {
        case CRITICAL, HIGH, MEDIUM, LOW -> severity.word();
        case NOTE -> "info";
      };
    }

    private void flush() throws IOException {
      String name = repository;
      if (name != null) {
        part++;
        out.write(MAPPER.writeValueAsString(resource(name)));
      }
      pending.clear();
      summary.clear();
      pendingBytes = 0;
    }

    private ObjectNode resource(String repository) {
      ObjectNode resource = JsonNodeFactory.instance.objectNode();
      resource.put("apiVersion", "wgpolicyk8s.io/v1alpha2");
      resource.put("kind", "PolicyReport");
      ObjectNode metadata = resource.putObject("metadata");
      metadata.put("name", KubernetesName.of(repository, part));
      metadata.putObject("labels").put("app.kubernetes.io/managed-by", "tare");
      metadata
          .putObject("annotations")
          .put("tare.dev/repository", repository)
          .put("tare.dev/run", results.run().id());
      ObjectNode counts = resource.putObject("summary");
      for (String word : List.of("pass", "fail", "warn", "error", "skip")) {
        counts.put(word, summary.getOrDefault(word, 0));
      }
      resource.putArray("results").addAll(pending);
      return resource;
    }

    @Override
    public void finish() throws IOException {
      flush();
      out.close();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
