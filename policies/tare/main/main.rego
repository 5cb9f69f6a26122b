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

outcome(theme, name, id) := judged(theme, name, id) if {
	settings.enabled(id)
} else := {"rule": id, "outcome": "not-applicable", "message": "Switched off by settings.", "evidence": {}}

# Each part by its whole path, with theme and name known: opa makes one call by name of it. The package as a value is unrolled for every
# rule and all its parts, into a function so large that Java does not compile it further.
judged(theme, name, id) := {"rule": id, "outcome": "not-applicable", "message": reason, "evidence": {}} if {
	reason := data.tare.rules[theme][name].not_applicable
} else := {"rule": id, "outcome": "fail", "message": failure.message, "evidence": failure.evidence} if {
	failure := data.tare.rules[theme][name].fail
} else := {"rule": id, "outcome": "unknown", "message": reason, "evidence": {}} if {
	reason := data.tare.rules[theme][name].unknown
} else := {
	"rule": id,
	"outcome": "unknown",
	"message": $"Not known, because {concat("; ", [facts.gap_text(gap) | some gap in array.slice(gaps, 0, 3)])}.",
	"evidence": {"gaps": array.slice(gaps, 0, 20)},
} if {
	gaps := facts.gaps(data.tare.rules[theme][name].needs)
	count(gaps) > 0
} else := {"rule": id, "outcome": "pass", "message": sentence, "evidence": {}} if {
	sentence := data.tare.rules[theme][name].pass
} else := {"rule": id, "outcome": "pass", "message": "", "evidence": {}}
