package dev.tare.testing;

import dev.tare.finding.ActionKind;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.Severity;
import dev.tare.finding.Waiver;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Some of the built-in rules, judged in Java: enough for the reports to have something to say. */
final class SampleRules {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final List<Rule> RULES =
      List.of(
          tools("001", Severity.HIGH, "Shell in the image", "shell"),
          tools("002", Severity.HIGH, "OS package manager in the image", "os-package-manager"),
          tools("003", Severity.MEDIUM, "Language package manager", "language-package-manager"),
          tools("004", Severity.HIGH, "Download tool in the image", "download"),
          tools("005", Severity.MEDIUM, "Network diagnostics in the image", "network-diagnostics"),
          tools("006", Severity.CRITICAL, "Remote access server or client", "remote-access"),
          tools("007", Severity.HIGH, "Compiler or build tool in the image", "compiler-build"),
          tools("008", Severity.MEDIUM, "Debugger or tracer in the image", "debugger-tracer"),
          tools("010", Severity.LOW, "Editor in the image", "editor"),
          rule(
              "TARE-TOOL-016",
              Severity.MEDIUM,
              "Tool deleted later, but still shipped",
              facts -> list(facts, "hiddenTools", "is deleted by a later layer and still pulled")),
          rule(
              "TARE-BASE-004",
              Severity.MEDIUM,
              "Base class is not minimal for the profile",
              facts ->
                  facts.path("base").path("class").asString("").equals("full")
                      ? found(
                          "The base class is full; the profile allows distroless, wolfi, alpine,"
                              + " slim, micro, scratch.",
                          NODES.objectNode().put("found", "full").put("allowed", "slim or smaller"))
                      : null),
          rule(
              "TARE-BASE-010",
              Severity.CRITICAL,
              "OS release is past its end of life",
              facts -> {
                String eol = facts.path("base").path("os").path("eol").asString("");
                return !eol.isEmpty() && eol.compareTo("2026-11-21") < 0
                    ? found(
                        facts.path("base").path("os").path("prettyName").asString("")
                            + " has had no security updates since "
                            + eol
                            + ".",
                        NODES.objectNode().put("eol", eol))
                    : null;
              }),
          limit("TARE-SIZE-001", Severity.MEDIUM, "Compressed size over budget", 120_000_000),
          rule(
              "TARE-LAYER-001",
              Severity.LOW,
              "Too many layers",
              facts ->
                  facts.path("layerCount").asInt() > 10
                      ? found(
                          facts.path("layerCount").asInt() + " layers; at most 10 are allowed.",
                          NODES
                              .objectNode()
                              .put("found", facts.path("layerCount").asInt())
                              .put("allowed", 10))
                      : null),
          rule(
              "TARE-LAYER-002",
              Severity.MEDIUM,
              "Efficiency below the limit",
              facts ->
                  facts.path("size").path("efficiency").asDouble(1) < 0.95
                      ? found(
                          "Efficiency is "
                              + facts.path("size").path("efficiency").asDouble()
                              + "; at least 0.95 is asked.",
                          NODES
                              .objectNode()
                              .put("efficiency", facts.path("size").path("efficiency").asDouble())
                              .put("wasted", facts.path("size").path("wasted").asLong()))
                      : null),
          rule(
              "TARE-LEFT-001",
              Severity.MEDIUM,
              "OS package caches left behind",
              facts -> list(facts, "leftovers", "is left behind")),
          rule(
              "TARE-USER-001",
              Severity.HIGH,
              "Runs as root",
              facts -> {
                String user = facts.path("image").path("config").path("user").asString("");
                return user.isEmpty() || user.equals("root") || user.equals("0")
                    ? found(
                        "The image sets no user and so runs as root.",
                        NODES.objectNode().put("user", user))
                    : null;
              }),
          rule(
              "TARE-USER-004",
              Severity.NOTE,
              "No health check",
              facts ->
                  facts.path("image").path("config").path("healthcheck").isNull()
                      ? found("The image declares no health check.", NODES.objectNode())
                      : null),
          rule(
              "TARE-PRIV-001",
              Severity.LOW,
              "setuid or setgid file",
              facts -> list(facts, "privileged", "runs with another's rights")),
          rule(
              "TARE-FRESH-001",
              Severity.LOW,
              "Image is old",
              facts ->
                  facts.path("image").path("ageDays").asInt() > 180
                      ? found(
                          "Built "
                              + facts.path("image").path("ageDays").asInt()
                              + " days ago; at most 180 are allowed.",
                          NODES
                              .objectNode()
                              .put("ageDays", facts.path("image").path("ageDays").asInt())
                              .put("allowed", 180))
                      : null),
          rule(
              "TARE-SECRET-002",
              Severity.CRITICAL,
              "Private key or credential file",
              facts -> list(facts, "secrets", "holds a secret")),
          unknownWithout("TARE-PKG-001", Severity.LOW, "Too many packages", "packages"),
          notApplicable("TARE-MOD-001", Severity.MEDIUM, "Process supervisor"));

  private SampleRules() {}

  static List<RuleDoc> docs() {
    return RULES.stream().map(Rule::doc).sorted(Comparator.comparing(RuleDoc::id)).toList();
  }

  static List<Outcome> judge(String repository, ObjectNode facts) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Rule rule : RULES) {
      outcomes.add(rule.judge().apply(facts).outcome(rule.doc(), repository));
    }
    outcomes.sort(Comparator.comparing(Outcome::rule));
    return outcomes;
  }

  private static Rule tools(String number, Severity severity, String title, String category) {
    return rule(
        "TARE-TOOL-" + number,
        severity,
        title,
        facts -> {
          ArrayNode found = NODES.arrayNode();
          List<String> names = new ArrayList<>();
          for (JsonNode tool : facts.path("tools")) {
            if (tool.path("category").asString("").equals(category)) {
              names.add(tool.path("name").asString(""));
              found
                  .addObject()
                  .put("path", tool.path("path").asString(""))
                  .put("layer", tool.path("layer").asInt())
                  .set("inBase", tool.path("inBase"));
            }
          }
          return names.isEmpty()
              ? null
              : found(
                  names.size()
                      + (names.size() == 1 ? " is" : " are")
                      + " present: "
                      + String.join(", ", names)
                      + ".",
                  NODES
                      .objectNode()
                      .put("found", names.size())
                      .put("origin", origin(found))
                      .set("items", found));
        });
  }

  private static String origin(JsonNode items) {
    boolean base = false;
    boolean image = false;
    for (JsonNode item : items) {
      if (item.path("inBase").isNull()) {
        return "unknown";
      }
      base |= item.path("inBase").asBoolean();
      image |= !item.path("inBase").asBoolean();
    }
    return base && image ? "mixed" : base ? "base" : "image";
  }

  private static @Nullable Found list(ObjectNode facts, String name, String what) {
    JsonNode items = facts.path(name);
    return items.isEmpty()
        ? null
        : found(
            items.get(0).path("path").asString("")
                + " "
                + what
                + (items.size() > 1 ? ", and " + (items.size() - 1) + " more." : "."),
            NODES.objectNode().put("found", items.size()).set("items", items));
  }

  private static Rule limit(String id, Severity severity, String title, long limit) {
    return rule(
        id,
        severity,
        title,
        facts -> {
          long found = facts.path("size").path("compressed").asLong();
          return found <= limit
              ? null
              : found(
                  found / 1_000_000 + " MB compressed; the budget is " + limit / 1_000_000 + " MB.",
                  NODES.objectNode().put("compressed", found).put("allowed", limit));
        });
  }

  private static Rule unknownWithout(String id, Severity severity, String title, String fact) {
    return new Rule(
        doc(id, severity, title),
        facts -> {
          for (JsonNode gap : facts.path("gaps")) {
            if (gap.path("fact").asString("").equals(fact)) {
              return new Judgement(
                  OutcomeKind.UNKNOWN,
                  "The fact " + fact + " is missing: " + gap.path("reason").asString(""),
                  NODES.objectNode());
            }
          }
          int count = facts.path("packages").path("count").asInt();
          return count > 250
              ? new Judgement(
                  OutcomeKind.FAIL,
                  count + " packages; at most 250 are allowed.",
                  NODES.objectNode().put("found", count).put("allowed", 250))
              : new Judgement(OutcomeKind.PASS, "", NODES.objectNode());
        });
  }

  private static Rule notApplicable(String id, Severity severity, String title) {
    return new Rule(
        doc(id, severity, title),
        facts ->
            new Judgement(
                OutcomeKind.NOT_APPLICABLE, "The image declares no service.", NODES.objectNode()));
  }

  private static Rule rule(
      String id, Severity severity, String title, Function<ObjectNode, @Nullable Found> check) {
    return new Rule(
        doc(id, severity, title),
        facts -> {
          Found found = check.apply(facts);
          return found == null
              ? new Judgement(OutcomeKind.PASS, "", NODES.objectNode())
              : new Judgement(OutcomeKind.FAIL, found.message(), found.evidence());
        });
  }

  private static Found found(String message, JsonNode evidence) {
    return new Found(message, evidence);
  }

  private static RuleDoc doc(String id, Severity severity, String title) {
    String theme = id.substring(5, id.lastIndexOf('-'));
    return new RuleDoc(
        id,
        title,
        "Fails when the measured facts show it: " + title.toLowerCase(java.util.Locale.ROOT) + ".",
        severity,
        theme,
        ActionKind.STAGES,
        "What the application does not need at run time still has to be pulled, stored and patched,"
            + " and serves whoever breaks in.",
        "Build in one stage and copy the result into a smaller base:\n\n"
            + "FROM gcr.io/distroless/base-debian12\nCOPY --from=build /out /srv",
        List.of("https://www.cisecurity.org/benchmark/docker"),
        Map.of("cis-docker", List.of("4.3"), "nist-800-190", List.of("3.1.2", "4.1.1")),
        "0.1.0");
  }

  private record Rule(RuleDoc doc, Function<ObjectNode, Judgement> judge) {}

  private record Found(String message, JsonNode evidence) {}

  private record Judgement(OutcomeKind kind, String message, JsonNode evidence) {
    Outcome outcome(RuleDoc doc, String repository) {
      boolean waived =
          kind == OutcomeKind.FAIL
              && repository.equals("platform/build-agent")
              && doc.id().equals("TARE-TOOL-007");
      return new Outcome(
          doc.id(),
          waived ? OutcomeKind.WAIVED : kind,
          doc.severity(),
          message,
          evidence,
          SampleLayer.digest(doc.id() + repository).substring(7, 39),
          waived
              ? new Waiver(
                  "A build agent compiles; it is not deployed.",
                  "platform@example.com",
                  LocalDate.of(2027, 3, 31),
                  "OPS-118")
              : null);
    }
  }
}
