# METADATA
# title: Too many wasted bytes
# description: Copies and deleted files weigh more than allowed.
# related_resources:
#   - https://github.com/wagoodman/dive#ci-integration
# custom:
#   id: TARE-LAYER-003
#   severity: medium
#   theme: LAYER
#   action: cleanup
#   rationale: >-
#     In a large image a good efficiency hides much waste: one percent of two gigabytes is twenty megabytes that every node pulls. 20 MB is
#     the example in dive's documentation, and three times the most that any image Tare is tested on wastes (6.2 MB). Medium, like a low
#     efficiency (TARE-LAYER-002).
#   remediation: >-
#     Change and delete files in the step that adds them; use COPY --chown=10001 --chmod=0755 instead of a later RUN. tare inspect IMAGE
#     shows which layers waste space.
#   controls: {}
#   since: 0.1.0
package tare.rules.layer.wasted

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-LAYER-003"

configured := settings.of(id)

needs := {"size.wasted"}

found := input.size.wasted

allowed := configured.maxBytes

sentence := $"{text.bytes(found)} are wasted; the limit is {text.bytes(allowed)}." if is_number(found)

fail := {
	"message": sentence,
	"evidence": {"found": found, "allowed": allowed, "origin": text.origin(wasteful), "layers": layers},
} if {
	found > allowed
}

pass := sentence

# The layers with most of it.
layers := array.slice(array.reverse(sort(wasteful)), 0, 5)

wasteful := [{"bytes": layer.wasted, "layer": layer.index, "createdBy": layer.createdBy, "inBase": layer.inBase} |
	some layer in input.layers
	layer.wasted > 0
]
