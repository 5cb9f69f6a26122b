# METADATA
# title: Content deleted in a later layer
# description: A layer holds files that a later layer deletes or replaces.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
#   - https://docs.docker.com/build/cache/optimize/#use-cache-mounts
# custom:
#   id: TARE-LAYER-004
#   severity: low
#   theme: LAYER
#   action: cleanup
#   rationale: >-
#     What a later layer deletes is still pulled and stored, and can be read by anybody who can pull the image. The first 2 MB are allowed:
#     an apt-get install on Debian 12 rewrites 1.1 MB of package database, templates and logs (measured), whatever it installs. Low, because
#     it only costs space; other rules find deleted files that matter (tools, secrets).
#   remediation: >-
#     Delete the files in the RUN that adds them (apt-get install -y … && rm -rf /var/lib/apt/lists/*), or mount caches: RUN
#     --mount=type=cache,target=/var/cache/apt ….
#   controls: {}
#   since: 0.1.0
package tare.rules.layer.deleted_later

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-LAYER-004"

configured := settings.of(id)

needs := {"layers"}

hiding := [{"bytes": layer.hiddenBytes, "layer": layer.index, "createdBy": layer.createdBy, "inBase": layer.inBase} |
	some layer in input.layers
	layer.hiddenBytes > 0
]

found := sum([layer.bytes | some layer in hiding])

allowed := configured.maxBytes

fail := {
	"message": sentence,
	"evidence": {
		"found": found,
		"allowed": allowed,
		"origin": text.origin(hiding),
		"layers": array.slice(array.reverse(sort(hiding)), 0, 5),
	},
} if {
	found > allowed
	layers := text.number(count(hiding), "layer")
	sentence := $"{text.bytes(found)} are deleted or replaced by later layers, in {layers}; the limit is {text.bytes(allowed)}."
}
