package dev.tare.testing;

import dev.tare.facts.StoredFacts;
import dev.tare.facts.Vulnerabilities;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.RunVulnerabilities;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the packages of sample images come to: each third package of Debian has a vulnerability, of
 * which each second is fixed, each of Alpine has one that is fixed and of which nobody says how bad
 * it is. There is no feed for other distributions, nor for npm.
 */
final class SampleVulnerabilities {
  private SampleVulnerabilities() {}

  /** Matches the packages in these facts. */
  static void match(ObjectNode facts, String system) {
    ObjectNode found = facts.putObject("vulnerabilities");
    ArrayNode notCovered = found.putArray("notCovered");
    Set<String> missing = new HashSet<>();
    List<JsonNode> packages = facts.path("packages").path("items").valueStream().toList();
    packages.stream()
        .map(item -> item.path("type").asString(""))
        .filter(type -> type.equals("npm") || !covers(system, type))
        .filter(missing::add)
        .forEach(type ->
            notCovered
                .addObject()
                .put("type", type)
                .put("reason", "no feed for " + (type.equals("npm") ? "npm" : system)));
    List<JsonNode> covered =
        packages.stream().filter(item -> covers(system, item.path("type").asString(""))).toList();
    found.put("known", !covered.isEmpty());
    ArrayNode sources = found.putArray("sources");
    ObjectNode counts = found.putObject("counts");
    ObjectNode fixable = found.putObject("fixable");
    ObjectNode inBase = found.putObject("inBase");
    ArrayNode items = found.putArray("items");
    ArrayNode excluded = found.putArray("excluded");
    ArrayNode gaps = (ArrayNode) facts.path("gaps");
    notCovered.forEach(
        one -> gap(gaps, one.path("type").asString() + ": " + one.path("reason").asString()));
    if (packages.isEmpty()) {
      gap(gaps, "no package is known");
    }
    if (covered.isEmpty()) {
      return;
    }
    boolean secdb = system.equals("alpine");
    ObjectNode source = sources.addObject();
    source.put("kind", "feed").put("name", secdb ? "secdb:Alpine:v3.20/main" : "debian:Debian:12");
    source.put("revision", "0123456789abcdef").put("updatedAt", "2026-11-20T04:00:00Z");
    source.putArray("covers").add(secdb ? "apk" : "deb");
    source.put("listsUnfixed", !secdb);
    for (String severity : Vulnerabilities.SEVERITIES) {
      counts.put(severity, 0);
      fixable.put(severity, 0);
      inBase.put(severity, 0);
    }
    ObjectNode imported = found.putArray("imports").addObject();
    imported.put("scanner", "trivy").put("version", "0.60.0");
    imported.put("createdAt", "2026-11-20T04:00:00Z").put("document", "scans/app.json");
    imported.put("joinedBy", "digest");
    imported.putObject("counts").put("critical", 1).put("high", 2);
    imported.put("entries", 5).put("both", 2);
    imported.putArray("onlyImported").add("CVE-2026-0001");
    imported.putArray("onlyMatched").add("CVE-2026-0002");
    for (JsonNode item : covered) {
      int number = Math.floorMod(item.path("name").asString("").hashCode(), 9000);
      if (!secdb && number % 3 != 0) {
        continue;
      }
      boolean isFixed = secdb || number % 2 == 0;
      String severity = secdb ? "unknown" : Vulnerabilities.SEVERITIES.get(number / 6 % 6);
      boolean isExcluded = number % 7 == 0;
      ObjectNode one = isExcluded ? excluded.addObject() : items.addObject();
      one.put("id", "CVE-2026-" + (1000 + number));
      one.putArray("aliases");
      one.put("package", item.path("name").asString(""));
      one.set("purl", item.path("purl"));
      one.set("installed", item.path("version"));
      one.put("fixed", isFixed ? "99:1" : null).put("status", "affected");
      one.put("severity", severity).put("severitySource", secdb ? null : "debian").putNull("cvss");
      one.set("layer", item.path("layer"));
      one.set("inBase", item.path("inBase"));
      one.put("exploited", number % 10 == 0);
      one.putObject("epss").put("score", number / 10_000.0).put("percentile", number / 9_000.0);
      one.put("source", source.path("name").asString());
      if (isExcluded) {
        one.putObject("vex")
            .put("status", "not_affected")
            .put("justification", "vulnerable_code_not_present")
            .put("author", "security@example.com")
            .put("statedAt", "2026-11-01T10:00:00Z")
            .put("expires", "2027-11-01")
            .put("document", "vex/app.json");
        continue;
      }
      one.putNull("vex");
      add(counts, severity);
      if (isFixed) {
        add(fixable, severity);
      }
      if (item.path("inBase").asBoolean(false)) {
        add(inBase, severity);
      }
    }
  }

  private static boolean covers(String system, String type) {
    return (system.equals("debian") && type.equals("deb"))
        || (system.equals("alpine") && type.equals("apk"));
  }

  private static void add(ObjectNode numbers, String severity) {
    numbers.put(severity, numbers.path(severity).asInt() + 1);
  }

  private static void gap(ArrayNode gaps, String reason) {
    gaps.addObject()
        .put("fact", "vulnerabilities")
        .putNull("path")
        .putNull("layer")
        .put("reason", reason);
  }

  /** Adds up the images of a run. */
  static RunVulnerabilities sum(List<JudgedImage> images) {
    int known = 0;
    int partly = 0;
    int excluded = 0;
    Set<String> different = new HashSet<>();
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, Integer> fixable = new TreeMap<>();
    Map<String, Integer> reasons = new TreeMap<>();
    for (String severity : Vulnerabilities.SEVERITIES) {
      counts.put(severity, 0);
      fixable.put(severity, 0);
    }
    for (JudgedImage image : images) {
      StoredFacts facts = StoredFacts.of(image.facts());
      List<String> why = new ArrayList<>();
      facts.gaps().stream()
          .filter(gap -> "vulnerabilities".equals(gap.fact()))
          .forEach(gap -> why.add(String.valueOf(gap.reason())));
      why.forEach(reason -> reasons.merge(reason, 1, Integer::sum));
      Vulnerabilities found = facts.vulnerabilities();
      known += found.isKnown() ? 1 : 0;
      partly += found.isKnown() && !why.isEmpty() ? 1 : 0;
      excluded += found.excludedCount();
      found.items().forEach(item -> different.add(String.valueOf(item.id())));
      found.counts().forEach((severity, number) -> counts.merge(severity, number, Integer::sum));
      found.fixable().forEach((severity, number) -> fixable.merge(severity, number, Integer::sum));
    }
    return new RunVulnerabilities(
        known,
        partly,
        images.size() - known,
        different.size(),
        counts,
        fixable,
        excluded,
        0,
        reasons.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .map(one -> new RunVulnerabilities.Reason(one.getKey(), one.getValue()))
            .toList());
  }
}
