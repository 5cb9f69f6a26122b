# METADATA
# title: Outcomes of every loaded rule on one image
# description: |
#   A rule is a package tare.rules.<theme>.<name> with an id and a fail, and, where they make sense, needs (names of facts),
#   not_applicable (the reason) and pass (a sentence). Nothing of a rule that is switched off is evaluated.
# entrypoint: true
package tare.main

import data.tare.lib.facts
import data.tare.lib.settings

report := {"outcomes": [outcome(theme, name) |
	some theme, name
	data.tare.rules[theme][name].id
]}

outcome(theme, name) := result if {
	id := data.tare.rules[theme][name].id
	not settings.enabled(id)
	result := {
		"rule": id,
		"outcome": "not-applicable",
		"message": "Switched off by settings.",
		"evidence": {},
	}
} else := result if {
	result := {
		"rule": data.tare.rules[theme][name].id,
		"outcome": "not-applicable",
		"message": data.tare.rules[theme][name].not_applicable,
		"evidence": {},
	}
} else := result if {
	failure := data.tare.rules[theme][name].fail
	result := {
		"rule": data.tare.rules[theme][name].id,
		"outcome": "fail",
		"message": failure.message,
		"evidence": failure.evidence,
	}
} else := result if {
	gaps := facts.gaps(data.tare.rules[theme][name].needs)
	count(gaps) > 0
	result := {
		"rule": data.tare.rules[theme][name].id,
		"outcome": "unknown",
		"message": sprintf("Not known, because %s.", [concat("; ", [facts.gap_text(gap) | some gap in array.slice(gaps, 0, 3)])]),
		"evidence": {"gaps": array.slice(gaps, 0, 20)},
	}
} else := {
	"rule": data.tare.rules[theme][name].id,
	"outcome": "pass",
	"message": object.get(data.tare.rules[theme][name], "pass", ""),
	"evidence": {},
}
