# METADATA
# title: Compressed size over budget
# description: The layers, compressed as they are pulled, are larger than allowed.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: TARE-SIZE-001
#   severity: medium
#   theme: SIZE
#   action: stages
#   rationale: >-
#     The compressed size is what every node pulls before the first start, and what the registry stores. The budget is Tare's own: 250 MB is
#     six times a minimal Debian 12 (42 MB, measured), which is room for a runtime and an application in any language; a Debian with Apache
#     that cleans nothing up has 107 to 164 MB. Medium, because every pull pays for it.
#   remediation: >-
#     Build in stages and copy only the result (COPY --from=build /out /app); choose a smaller base; tare inspect IMAGE shows the largest
#     layers.
#   controls: {}
#   since: 0.1.0
package tare.rules.size.compressed

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-SIZE-001"

configured := settings.of(id)

needs := {"size.compressed"}

found := input.size.compressed

allowed := configured.maxBytes

sentence := $"{text.bytes(found)} to pull; the limit is {text.bytes(allowed)}." if is_number(found)

fail := {
	"message": sentence,
	"evidence": {"found": found, "allowed": allowed, "layers": layers},
} if {
	found > allowed
}

pass := sentence

# The layers that bring most of it.
layers := array.slice(array.reverse(sort(sized)), 0, 3)

sized := [{"bytes": bytes, "layer": layer.index, "createdBy": layer.createdBy, "inBase": layer.inBase} |
	some layer in input.layers
	bytes := layer.compressed
]
