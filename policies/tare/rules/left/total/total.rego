# METADATA
# title: Leftovers over budget
# description: All that a build left behind is together more than allowed.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: TARE-LEFT-008
#   severity: medium
#   theme: LEFT
#   rationale: >-
#     Each of it may be below its own limit; this is the sum, compiled Python files included and documentation too. 50 MB are Tare's
#     own: as much as a whole Debian slim base and more than most applications.
#   remediation: >-
#     Start with the largest, which the evidence lists first.
#   controls: {}
#   since: 0.1.0
package tare.rules.left.total

import data.tare.lib.leftovers
import data.tare.lib.settings

id := "TARE-LEFT-008"

configured := settings.of(id)

needs := {"leftovers"}

found := leftovers.of(configured)

fail := leftovers.failure(found, "leftovers", configured) if {
	leftovers.bytes(found) > configured.maxBytes
}
