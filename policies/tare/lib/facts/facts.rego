# METADATA
# description: What of the input could not be measured.
package tare.lib.facts

# Parts of the input that are read from layers: a layer that could not be read makes each of them incomplete.
read_from_layers := {
	"accounts",
	"base.class",
	"base.os",
	"hiddenTools",
	"layers",
	"leftovers",
	"packages",
	"privileged",
	"secrets",
	"services",
	"size.efficiency",
	"size.files",
	"size.uncompressed",
	"size.wasted",
	"state",
	"tools",
	"worldWritable",
}

# METADATA
# description: The gaps that touch any of these facts, in the order of the input.
# scope: document
gaps(needs) := [gap |
	some gap in input.gaps
	concerns_any(gap.fact, needs)
]

# METADATA
# description: Whether nothing is missing of this fact.
# scope: document
whole(need) if count(gaps({need})) == 0

# METADATA
# description: One gap as a clause of a sentence.
# scope: document
gap_text(gap) := $"{gap.fact} ({gap.path}) could not be read: {gap.reason}" if {
	is_string(gap.path)
} else := $"{gap.fact} could not be read: {gap.reason}"

concerns_any(fact, needs) if {
	some need in needs
	concerns(fact, need)
}

concerns(fact, need) if fact == need

concerns(fact, need) if startswith(fact, concat("", [need, "."]))

concerns(fact, need) if startswith(need, concat("", [fact, "."]))

concerns("layers", need) if read_from_layers[need]
