package dev.tare.report.sbom;

import dev.tare.facts.Packages;
import dev.tare.facts.StoredFacts;
import dev.tare.facts.Vulnerabilities;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.cyclonedx.model.Property;
import org.cyclonedx.model.vulnerability.Vulnerability;
import org.cyclonedx.model.vulnerability.Vulnerability.Affect;
import org.cyclonedx.model.vulnerability.Vulnerability.Analysis;
import org.cyclonedx.model.vulnerability.Vulnerability.Rating;
import org.cyclonedx.model.vulnerability.Vulnerability.Source;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the packages of an image, as a CycloneDX inventory has it: each vulnerability
 * once, with the packages that have it.
 */
final class SbomVulnerabilities {
  private SbomVulnerabilities() {}

  /** The worst first; null where nothing was matched, which an empty list would deny. */
  static @Nullable List<Vulnerability> of(StoredFacts facts) {
    Vulnerabilities found = facts.vulnerabilities();
    if (!found.isKnown()) {
      return null;
    }
    Map<Installed, List<String>> components = components(facts.packageItems());
    Map<Said, Vulnerability> byId = new LinkedHashMap<>();
    Set<String> references = new HashSet<>();
    List<Vulnerabilities.Item> all = new ArrayList<>(found.items());
    all.addAll(found.excluded());
    for (Vulnerabilities.Item item : all) {
      String id = item.id();
      if (id != null) {
        Vulnerability one =
            byId.computeIfAbsent(
                new Said(id, item.vex()),
                any -> vulnerability(id, reference(id, references), item));
        components
            .getOrDefault(Installed.of(item), List.of())
            .forEach(component -> one.getAffects().add(affect(component)));
        if (item.fixed() != null) {
          String update = "Update " + item.packageName() + " to " + item.fixed() + ".";
          String others = one.getRecommendation();
          if (others == null || !others.contains(update)) {
            one.setRecommendation(others == null ? update : others + " " + update);
          }
        }
      }
    }
    return new ArrayList<>(byId.values());
  }

  /** What the packages were matched with: only so does a list without one of them say something. */
  static List<Property> matchedWith(StoredFacts facts) {
    return facts.vulnerabilities().sources().stream()
        .map(source ->
            new Property(
                "tare:advisories",
                source.name()
                    + (source.updatedAt() == null ? "" : ", as of " + source.updatedAt())
                    + listed(source.listsUnfixed())))
        .toList();
  }

  private static String listed(@Nullable Boolean unfixed) {
    if (unfixed == null) {
      return "";
    }
    return unfixed ? ", what nothing fixes too" : ", only what is fixed";
  }

  /** A package as both lists name it. */
  private record Installed(@Nullable String purl, @Nullable String name, @Nullable String version) {
    static Installed of(Vulnerabilities.Item item) {
      return new Installed(item.purl(), item.packageName(), item.installed());
    }

    static Installed of(Packages.Item item) {
      return new Installed(item.purl(), item.name(), item.version());
    }
  }

  /** The references of components, by what they are. */
  private static Map<Installed, List<String>> components(List<Packages.Item> packages) {
    Map<Installed, List<String>> components = new LinkedHashMap<>();
    int number = 0;
    for (Packages.Item item : packages) {
      components
          .computeIfAbsent(Installed.of(item), any -> new ArrayList<>())
          .add(SbomReportWriter.reference(number++));
    }
    return components;
  }

  /** Packages of which the operator says something else stand apart. */
  private record Said(String id, Vulnerabilities.@Nullable Vex vex) {}

  private static String reference(String id, Set<String> taken) {
    String reference = "vulnerability-" + id;
    for (int number = 2; !taken.add(reference); number++) {
      reference = "vulnerability-" + id + "-" + number;
    }
    return reference;
  }

  private static Vulnerability vulnerability(
      String id, String reference, Vulnerabilities.Item item) {
    Vulnerability one = new Vulnerability();
    one.setBomRef(reference);
    one.setId(id);
    one.setSource(source(item.source()));
    one.setRatings(ratings(item));
    one.setAnalysis(analysis(item.vex()));
    one.setAffects(new ArrayList<>());
    List<Property> properties = new ArrayList<>();
    item.aliases().forEach(alias -> properties.add(new Property("tare:alias", alias)));
    if (Boolean.TRUE.equals(item.exploited())) {
      properties.add(new Property("tare:exploited", "true"));
    }
    Vulnerabilities.Epss epss = item.epss();
    if (epss != null) {
      properties.add(new Property("tare:epss", String.valueOf(epss.score())));
      properties.add(new Property("tare:epss-percentile", String.valueOf(epss.percentile())));
    }
    one.setProperties(properties);
    return one;
  }

  /** What the operator says of it; null where that is nothing. */
  private static @Nullable Analysis analysis(Vulnerabilities.@Nullable Vex vex) {
    Analysis.State state = vex == null ? null : state(vex.status());
    if (vex == null || state == null) {
      return null;
    }
    Analysis analysis = new Analysis();
    analysis.setState(state);
    analysis.setDetail(
        (vex.justification() == null ? "" : vex.justification() + "; ")
            + "stated by "
            + vex.author()
            + ", until "
            + vex.expires());
    return analysis;
  }

  private static Analysis.@Nullable State state(@Nullable String status) {
    return switch (Objects.requireNonNullElse(status, "")) {
      case "not_affected" -> Analysis.State.NOT_AFFECTED;
      case "fixed" -> Analysis.State.RESOLVED;
      case "affected" -> Analysis.State.EXPLOITABLE;
      case "under_investigation" -> Analysis.State.IN_TRIAGE;
      default -> null;
    };
  }

  private static @Nullable Source source(@Nullable String name) {
    if (name == null) {
      return null;
    }
    Source source = new Source();
    source.setName(name);
    return source;
  }

  /** The word that counts; the vector beside it, where another said the word. */
  private static List<Rating> ratings(Vulnerabilities.Item item) {
    String from = item.severitySource();
    String vector = item.cvss();
    Rating word = new Rating();
    word.setSeverity(severity(item.severity()));
    word.setSource(source(from));
    if (vector == null) {
      return List.of(word);
    }
    boolean scoredByIt = from != null && from.startsWith("cvss");
    Rating scored = scoredByIt ? word : new Rating();
    scored.setMethod(method(vector));
    scored.setVector(vector);
    return scoredByIt ? List.of(word) : List.of(word, scored);
  }

  private static Rating.Severity severity(@Nullable String word) {
    return switch (Objects.requireNonNullElse(word, "unknown")) {
      case "critical" -> Rating.Severity.CRITICAL;
      case "high" -> Rating.Severity.HIGH;
      case "medium" -> Rating.Severity.MEDIUM;
      case "low" -> Rating.Severity.LOW;
      case "negligible" -> Rating.Severity.INFO;
      default -> Rating.Severity.UNKNOWN;
    };
  }

  private static Rating.Method method(String vector) {
    if (vector.startsWith("CVSS:4")) {
      return Rating.Method.CVSSV4;
    }
    if (vector.startsWith("CVSS:3.1")) {
      return Rating.Method.CVSSV31;
    }
    return vector.startsWith("CVSS:3") ? Rating.Method.CVSSV3 : Rating.Method.CVSSV2;
  }

  private static Affect affect(String component) {
    Affect affect = new Affect();
    affect.setRef(component);
    return affect;
  }
}
