# METADATA
# title: Grew since the previous build
# description: The image is much larger than the one before it.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: TARE-SIZE-005
#   severity: low
#   theme: SIZE
#   action: cleanup
#   rationale: >-
#     Images grow in steps: a debug build, a cache, a new dependency. A build that is a quarter larger than the one before deserves
#     attention while somebody remembers why. 25 % and 10 MB are Tare's own: an update of Debian's packages changes a base by a few percent,
#     and 10 MB is more than Alpine or AlmaLinux micro have in all (3.5 and 6.9 MB, measured). Low, because growth may be intended.
#   remediation: >-
#     Compare the layers of both builds (tare inspect IMAGE:1.3, tare inspect IMAGE:1.4), and remove what was not meant to be added.
#   controls: {}
#   since: 0.1.0
package tare.rules.size.growth

import data.tare.lib.facts
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-SIZE-005"

configured := settings.of(id)

needs := {"size.previous", "size.compressed"}

previous := object.get(input.size, "previous", null)

unknown := "No earlier build of the image is known." if {
	not is_object(previous)
	facts.whole("size.previous")
}

found := input.size.compressed - previous.compressed if is_object(previous)

allowed := configured.maxPercent

fail := {
	"message": $"{text.bytes(found)} ({percent} %) more than {previous.reference}; the limit is {allowed} %.",
	"evidence": {"found": found, "allowed": allowed, "previous": previous, "identity": []},
} if {
	found >= configured.minBytes
	found * 100 > previous.compressed * allowed
	percent := floor((found * 100) / previous.compressed)
}
