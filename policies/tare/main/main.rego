# METADATA
# title: Outcomes of every loaded rule on one image
# description: |
#   A rule is a package tare.rules.<theme>.<name> with an id and a fail, and, where they make sense, needs (names of facts),
#   not_applicable (the reason), unknown (the reason) and pass (a sentence). A failure that shows in what is known stands, whatever else
#   is missing. Nothing of a rule that is switched off is evaluated.
package tare.main

import data.tare.lib.facts
import data.tare.lib.settings

# METADATA
# scope: document
# entrypoint: true
report := {"outcomes": [outcome(theme, name, id) |
	some theme, name
	id := data.tare.rules[theme][name].id
]}

outcome(theme, name, id) := judged(id, rule(theme, name)) if {
	settings.enabled(id)
} else := {"rule": id, "outcome": "not-applicable", "message": "Switched off by settings.", "evidence": {}}

# The whole package at once: naming its parts one by one here would unroll each name for every rule, and the compiled function become too
# large for the engine to compile further; it is interpreted then, which costs ten times as much.
rule(theme, name) := data.tare.rules[theme][name]

judged(id, rule) := {"rule": id, "outcome": "not-applicable", "message": reason, "evidence": {}} if {
	reason := rule.not_applicable
} else := {"rule": id, "outcome": "fail", "message": failure.message, "evidence": failure.evidence} if {
	failure := rule.fail
} else := {"rule": id, "outcome": "unknown", "message": reason, "evidence": {}} if {
	reason := rule.unknown
} else := {
	"rule": id,
	"outcome": "unknown",
	"message": sprintf("Not known, because %s.", [concat("; ", [facts.gap_text(gap) | some gap in array.slice(gaps, 0, 3)])]),
	"evidence": {"gaps": array.slice(gaps, 0, 20)},
} if {
	gaps := facts.gaps(rule.needs)
	count(gaps) > 0
} else := {"rule": id, "outcome": "pass", "message": object.get(rule, "pass", ""), "evidence": {}}
