# METADATA
# title: Uncompressed size over budget
# description: The layers, unpacked as a node stores them, are larger than allowed.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: TARE-SIZE-002
#   severity: medium
#   theme: SIZE
#   action: stages
#   rationale: >-
#     The uncompressed size is what each node keeps on its disk. The budget is Tare's own: 750 MB is three times the compressed one, and
#     real images unpack to 1.9 (busybox) to 3.2 times (Debian, AlmaLinux) of what is pulled (measured). Medium, because every node pays for
#     it.
#   remediation: >-
#     Build in stages and copy only the result (COPY --from=build /out /app); choose a smaller base; tare inspect IMAGE shows the largest
#     layers.
#   controls: {}
#   since: 0.1.0
package tare.rules.size.uncompressed

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-SIZE-002"

configured := settings.of(id)

needs := {"size.uncompressed"}

found := input.size.uncompressed

allowed := configured.maxBytes

sentence := $"{text.bytes(found)} on disk; the limit is {text.bytes(allowed)}." if is_number(found)

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
	bytes := layer.uncompressed
	is_number(bytes)
	is_number(bytes)
]
