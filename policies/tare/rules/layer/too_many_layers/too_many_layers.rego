# METADATA
# title: Too many layers
# description: The image has more layers that change the file system than allowed.
# related_resources:
#   - https://docs.docker.com/engine/storage/drivers/overlayfs-driver/
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: TARE-LAYER-001
#   severity: low
#   theme: LAYER
#   action: cleanup
#   rationale: >-
#     Each layer costs a request and a file system mount, and hides what later layers delete. Docker's overlay2 driver mounts at most 128
#     lower layers; the images Tare is tested on have 1 to 14, so a limit of 20 leaves room and finds images that are built line by line.
#     Low, because nothing breaks.
#   remediation: >-
#     Join steps that belong together in one RUN (RUN apt-get update && apt-get install -y … && rm -rf /var/lib/apt/lists/*), and copy
#     results out of a build stage.
#   controls: {}
#   since: 0.1.0
package tare.rules.layer.too_many_layers

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-LAYER-001"

configured := settings.of(id)

allowed := configured.max

fail := {
	"message": $"{text.number(input.layerCount, "layer")}{from_base}; the limit is {allowed}.",
	"evidence": {"found": input.layerCount, "allowed": allowed, "inBase": inherited},
} if {
	input.layerCount > allowed
}

default inherited := null

inherited := count([layer | some layer in input.layers; layer.inBase]) if {
	every layer in input.layers { is_boolean(layer.inBase) }
}

default from_base := ""

from_base := $", {inherited} of them from the base" if is_number(inherited)

pass := $"{text.number(input.layerCount, "layer")}; the limit is {allowed}." if is_number(input.layerCount)
