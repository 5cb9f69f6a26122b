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
#     Each of it may be below its own limit; this is the sum, compiled Python files and documentation included. 50 MB is Tare's own budget:
#     more than a whole minimal Debian 12 weighs to pull (42 MB); images that clean up have 1 MB or less, a Debian with Apache that does not
#     has 231 MB (all measured). Medium, because every node pays for it with each pull.
#   remediation: >-
#     Start with the largest, which the evidence lists first; its own rule says how.
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
