# METADATA
# title: Leftovers over budget
# description: What the build left behind adds up to more than allowed.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: TARE-LEFT-008
#   severity: medium
#   theme: LEFT
#   action: cleanup
#   rationale: >-
#     Each kind may be below its own limit; this is the sum of all, including compiled Python files and documentation. 50 MB is Tare's own
#     budget: more than the compressed size of a whole minimal Debian 12 (42 MB); images that clean up have 1 MB or less, a Debian with
#     Apache that does not has 231 MB (all measured). Medium, because every node pays for it with each pull.
#   remediation: >-
#     Start with the largest, which the evidence lists first; the rule for its kind says how to remove it.
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
