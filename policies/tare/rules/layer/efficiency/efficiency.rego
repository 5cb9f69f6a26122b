# METADATA
# title: Low efficiency
# description: Too large a share of what is shipped is not needed.
# related_resources:
#   - https://github.com/wagoodman/dive#ci-integration
# custom:
#   id: TARE-LAYER-002
#   severity: medium
#   theme: LAYER
#   rationale: >-
#     Copies that a later layer replaces and files that it deletes are still pulled and stored. 0.9 is what dive asks for in CI by default;
#     the images Tare is tested on have 0.97 and more, but for two of a few bytes. Medium, because every node pays for it with each pull,
#     and one line of the Dockerfile mends it.
#   remediation: >-
#     Change and delete files in the step that brings them; use COPY --chown=10001 --chmod=0755 instead of a later RUN; copy the result out
#     of a build stage.
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

sentence := $"Efficiency is {text.percent(found)}, and at least {text.percent(allowed)} is asked; {wasted} are wasted." if {
	is_number(found)
	wasted := text.bytes(input.size.wasted)
}

# A layer that could not be read makes the share wrong in either direction.
fail := {
	"message": sentence,
	"evidence": {"found": found, "allowed": allowed, "wasted": input.size.wasted, "origin": text.origin(wasteful)},
} if {
	found < allowed
	facts.whole("size.efficiency")
}

pass := sentence

# A base that wastes is its owner's to mend.
wasteful := [layer | some layer in input.layers; layer.wasted > 0]
