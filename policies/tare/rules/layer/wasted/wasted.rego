# METADATA
# title: Too many wasted bytes
# description: Copies and deleted files weigh more than allowed.
# related_resources:
#   - https://github.com/wagoodman/dive#ci-integration
# custom:
#   id: TARE-LAYER-003
#   severity: medium
#   theme: LAYER
#   rationale: >-
#     An efficiency hides absolute waste in a large image: one percent of two gigabytes is twenty megabytes that every node pulls. 20 MB is
#     the example of dive's documentation, and three times what the images Tare is tested on waste at most (6.2 MB). Medium, as a low
#     efficiency (TARE-LAYER-002).
#   remediation: >-
#     Change and delete files in the step that brings them; use COPY --chown=10001 --chmod=0755 instead of a later RUN. tare inspect shows
#     the layers that waste.
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

sentence := $"{text.bytes(found)} are wasted, and {text.bytes(allowed)} are allowed." if is_number(found)

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
