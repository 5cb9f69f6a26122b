# METADATA
# description: What of the input could not be measured.
package tare.lib.facts

# Parts of the input that are read from layers: a layer that could not be read makes each of them, and all of it, incomplete.
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
	"size.largestFiles",
	"size.uncompressed",
	"size.wasted",
	"start",
	"state",
	"tools",
	"worldWritable",
}

# Parts that are lists: what is missing of a field of their elements (tools.owned) leaves the list itself whole.
lists := {
	"hiddenTools",
	"layers",
	"leftovers",
	"packages.items",
	"privileged",
	"secrets",
	"services",
	"size.largestFiles",
	"start",
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

concerns(fact, need) if within(need, fact)

concerns(fact, need) if {
	within(fact, need)
	not lists[need]
}

concerns("layers", need) if {
	some part in read_from_layers
	within(need, part)
}

within(part, of) if part == of

within(part, of) if startswith(part, concat("", [of, "."]))
