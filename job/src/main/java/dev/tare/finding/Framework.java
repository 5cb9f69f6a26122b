package dev.tare.finding;

import java.util.Collection;
import java.util.List;

/**
 * A catalogue of controls that auditors ask for.
 *
 * @param id as METADATA of rules names it, {@code cis-docker}
 * @param version of the catalogue
 * @param source where it is published
 * @param controls in its own order
 */
public record Framework(
    String id, String title, String version, String source, List<Control> controls) {
  /** Copies the controls. */
  public Framework {
    controls = List.copyOf(controls);
  }

  /** The loaded rules that judge a control, in their order. */
  public List<RuleDoc> rulesOf(Control control, Collection<RuleDoc> loaded) {
    return loaded.stream()
        .filter(rule ->
            rule.controls().getOrDefault(id, List.of()).contains(control.id())
                || control.rules().contains(rule.id()))
        .toList();
  }

  /** How a control is looked after by these rules; one that has a rule is not manual. */
  public Control.Coverage coverage(Control control, Collection<RuleDoc> loaded) {
    if (!rulesOf(control, loaded).isEmpty()) {
      return Control.Coverage.RULES;
    }
    return control.manual() == null ? Control.Coverage.NOT_COVERED : Control.Coverage.MANUAL;
  }
}
