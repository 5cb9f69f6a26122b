# METADATA
# title: Too many layers
# description: The image has more layers that change the file system than allowed.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: TARE-LAYER-001
#   severity: low
#   theme: LAYER
#   rationale: >-
#     Each layer costs a request and a file system mount, and hides what later layers delete. The overlay driver mounts at most 128 lower
#     directories; 20 is a budget of Tare's own, well above what a multi-stage build needs.
#   remediation: Join steps that belong together in one RUN, and copy results out of a build stage.
#   controls: {}
#   since: 0.1.0
package tare.rules.layer.too_many_layers

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-LAYER-001"

configured := settings.of(id)

allowed := configured.max

fail := {
	"message": sprintf("%s, and %v are allowed; %v of them come from the base.", [text.number(input.layerCount, "layer"), allowed, inherited]),
	"evidence": {"found": input.layerCount, "allowed": allowed, "inBase": inherited},
} if {
	input.layerCount > allowed
}

inherited := count([layer | some layer in input.layers; layer.inBase == true])

pass := sprintf("%s, and %v are allowed.", [text.number(input.layerCount, "layer"), allowed])
