# METADATA
# description: Judges what a build left behind, by kind.
package tare.lib.leftovers

import data.tare.lib.text

# METADATA
# description: What of these kinds is in the file system. What a later layer deleted is for LAYER to say.
# scope: document
of(rule) := [item |
	some item in input.leftovers
	item.kind in rule.kinds
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
	"message": sprintf("%s of %s in %s%s; %s are allowed.", [
		text.bytes(bytes(items)),
		noun,
		text.names(places(items)),
		text.brought(items),
		text.bytes(rule.maxBytes),
	]),
	"evidence": {
		"found": bytes(items),
		"allowed": rule.maxBytes,
		"origin": text.origin(items),
		"identity": {item.kind | some item in items},
		"items": array.slice(sorted(items), 0, 50),
	},
}

# The largest first.
sorted(items) := [item |
	some [_, item] in array.reverse(sort([[item.bytes, item] | some item in items]))
]

places(items) := [item.path | some item in sorted(items)]
