package dev.tare.finding;

import java.util.List;
import java.util.Map;

/**
 * What a rule's METADATA says of it.
 *
 * @param severity as declared, before settings
 * @param action what ends a finding of it
 * @param controls framework to control identifiers: {@code cis-docker -> [4.3]}
 */
public record RuleDoc(
    String id,
    String title,
    String description,
    Severity severity,
    String theme,
    ActionKind action,
    String rationale,
    String remediation,
    List<String> relatedResources,
    Map<String, List<String>> controls,
    String since) {
  /** Copies the collections; what an earlier version stored says no action. */
  public RuleDoc {
    action = action == null ? ActionKind.OTHER : action;
    relatedResources = List.copyOf(relatedResources);
    controls = Map.copyOf(controls);
  }
}
