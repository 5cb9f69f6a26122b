package dev.tare.report.sarif;

import com.contrastsecurity.sarif.MultiformatMessageString;
import com.contrastsecurity.sarif.PropertyBag;
import com.contrastsecurity.sarif.ReportingConfiguration;
import com.contrastsecurity.sarif.ReportingDescriptor;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.Severity;
import dev.tare.report.text.Markdown;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rules as SARIF describes them, and the position of each. */
final class SarifRules {
  /** GitHub shows ten. */
  private static final int TAGS = 10;

  private final List<ReportingDescriptor> descriptors = new ArrayList<>();
  private final Map<String, Integer> indexes = new HashMap<>();

  SarifRules(List<RuleDoc> rules) {
    for (RuleDoc rule : rules) {
      indexes.put(rule.id(), descriptors.size());
      descriptors.add(descriptor(rule));
    }
  }

  List<ReportingDescriptor> descriptors() {
    return descriptors;
  }

  /** The position of a rule, -1 for one that nobody described. */
  int index(String rule) {
    return indexes.getOrDefault(rule, -1);
  }

  /** Commands hold stars and angle brackets, which are no Markdown. */
  private static String markdown(RuleDoc rule) {
    Markdown help = new Markdown();
    help.paragraph(rule.rationale());
    help.paragraph("What to do: " + rule.remediation());
    return help.text();
  }

  private static ReportingDescriptor descriptor(RuleDoc rule) {
    ReportingDescriptor descriptor =
        new ReportingDescriptor()
            .withId(rule.id())
            .withName(rule.title())
            .withShortDescription(new MultiformatMessageString().withText(rule.title()))
            .withFullDescription(new MultiformatMessageString().withText(text(rule)))
            .withHelp(
                new MultiformatMessageString()
                    .withText(rule.rationale() + "\n\nWhat to do: " + rule.remediation())
                    .withMarkdown(markdown(rule)))
            .withDefaultConfiguration(
                new ReportingConfiguration().withLevel(level(rule.severity())))
            .withProperties(
                new PropertyBag()
                    .withTags(tags(rule))
                    .withAdditionalProperty("precision", "very-high")
                    .withAdditionalProperty("security-severity", score(rule.severity())));
    rule.relatedResources().stream()
        .filter(resource -> resource.startsWith("https://"))
        .findFirst()
        .ifPresent(resource -> descriptor.setHelpUri(URI.create(resource)));
    return descriptor;
  }

  private static String text(RuleDoc rule) {
    return rule.description().isEmpty() ? rule.title() : rule.description();
  }

  private static Set<String> tags(RuleDoc rule) {
    Set<String> tags = new LinkedHashSet<>();
    tags.add("container-image");
    tags.add(rule.theme());
    new TreeMap<>(rule.controls())
        .forEach((framework, controls) ->
            controls.forEach(control -> {
              if (tags.size() < TAGS) {
                tags.add("external/" + framework + "/" + control);
              }
            }));
    return tags;
  }

  private static ReportingConfiguration.Level level(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> ReportingConfiguration.Level.ERROR;
      case MEDIUM -> ReportingConfiguration.Level.WARNING;
      case LOW, NOTE -> ReportingConfiguration.Level.NOTE;
    };
  }

  /**
   * A number in the range that GitHub reads as this severity.
   *
   * @see <a
   *     href="https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#reportingdescriptor-object">GitHub:
   *     security-severity</a>
   */
  private static String score(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "9.5";
      case HIGH -> "8.0";
      case MEDIUM -> "5.5";
      case LOW -> "2.0";
      case NOTE -> "0.0";
    };
  }
}
