# METADATA
# title: Low efficiency
# description: Too large a share of what is shipped is not needed.
# related_resources:
#   - https://github.com/wagoodman/dive#ci-integration
# custom:
#   id: TARE-LAYER-002
#   severity: medium
#   theme: LAYER
#   action: cleanup
#   rationale: >-
#     Copies that a later layer replaces and files that it deletes are still pulled and stored. 0.9 is what dive requires in CI by default;
#     the images Tare is tested on have 0.97 or more, except for two of a few bytes. Below 1 MB of waste (Tare's own number) the share says
#     nothing: a small image loses it to a changed passwd. Medium, because every node pays for it with each pull, and changing one line of
#     the Dockerfile fixes it.
#   remediation: >-
#     Change and delete files in the step that adds them; use COPY --chown=10001 --chmod=0755 instead of a later RUN; copy only the result
#     out of a build stage.
#   controls: {}
#   since: 0.1.0
package tare.rules.layer.efficiency

import data.tare.lib.facts
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-LAYER-002"

configured := settings.of(id)

needs := {"size.efficiency"}

found := input.size.efficiency

allowed := configured.min

sentence := $"Efficiency is {text.percent(found)} (required: at least {text.percent(allowed)}); {wasted} are wasted." if {
	is_number(found)
	wasted := text.bytes(input.size.wasted)
}

# A layer that could not be read makes the share wrong in either direction.
fail := {
	"message": sentence,
	"evidence": {"found": found, "allowed": allowed, "wasted": input.size.wasted, "origin": text.origin(wasteful)},
} if {
	found < allowed
	input.size.wasted >= configured.minBytes
	facts.whole("size.efficiency")
}

pass := sentence

# Waste in a base is for its owner to fix.
wasteful := [layer | some layer in input.layers; layer.wasted > 0]
