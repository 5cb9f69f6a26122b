# METADATA
# description: Judges the tools of an image by category, name and place.
package tare.lib.tools

import data.tare.lib.text

# Evidence is bounded: a busybox image has hundreds of applets. The count says how many there are.
limit := 50

# METADATA
# description: |
#   The tools among these that the settings of a rule deny: of one of its categories, not on its list of allowed names, and, where it
#   says so, not what the entrypoint itself runs.
# scope: document
denied(tools, rule) := [tool |
	some tool in tools
	tool.category in rule.categories
	not tool.name in rule.allowed
	not used(tool, rule)
]

used(tool, rule) if {
	rule.allowUsedByEntrypoint
	tool.usedByEntrypoint
}

# METADATA
# description: The failure that these tools are.
# scope: document
failure(tools, noun, rule) := {
	"message": $"{text.number(count(tools), noun)}: {text.names(paths(tools))}{text.brought(tools)}.",
	"evidence": {
		"found": count(tools),
		"allowed": rule.allowed,
		"origin": text.origin(tools),
		"identity": {tool.name | some tool in tools},
		"items": array.slice([item(tool) | some tool in tools], 0, limit),
	},
}

paths(tools) := [path |
	some tool in tools
	path := shown(tool)
]

# An applet without a link has no path of its own: it is run through its binary.
shown(tool) := $"{tool.name} ({tool.via})" if {
	is_string(tool.via)
} else := tool.path

# METADATA
# description: The multi-call binary of an applet, or the applet itself where that is not known.
# scope: document
binary(tool) := tool.via if {
	is_string(tool.via)
} else := tool.path

item(tool) := object.filter(tool, ["name", "path", "via", "layer", "inBase", "package", "usedByEntrypoint"])
