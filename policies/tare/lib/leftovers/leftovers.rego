# METADATA
# description: Judges what a build left behind, by kind.
package tare.lib.leftovers

import data.tare.lib.text

# METADATA
# description: What of these kinds is in the file system. What a later layer deleted is judged by the LAYER rules.
# scope: document
of(rule) := [item |
	kinds := {kind | some kind in rule.kinds}
	some item in input.leftovers
	kinds[item.kind]
	item.bytes + item.files > 0
]

# METADATA
# description: Their bytes.
# scope: document
bytes(items) := sum([item.bytes | some item in items])

# METADATA
# description: The failure that these are.
# scope: document
failure(items, noun, rule) := {
	"message": concat("", [
		text.bytes(found), " of ", noun, " in ", text.names([item.path | some item in largest]), text.brought(items), "; the limit is ",
		text.bytes(rule.maxBytes), ".",
	]),
	"evidence": {
		"found": found,
		"allowed": rule.maxBytes,
		"origin": text.origin(items),
		"identity": {item.kind | some item in items},
		"items": array.slice(largest, 0, 50),
	},
} if {
	found := bytes(items)
	largest := largest_first(items)
}

largest_first(items) := [item |
	some [_, item] in array.reverse(sort([[item.bytes, item] | some item in items]))
]
