# METADATA
# title: Build inputs
# description: Headers, objects, debug symbols and files that only a build reads.
# related_resources:
#   - https://docs.docker.com/build/building/multi-stage/
# custom:
#   id: TARE-LEFT-006
#   severity: low
#   theme: LEFT
#   action: stages
#   rationale: >-
#     They were needed to build the result and are not any more. Debug symbols alone can be larger than the program. The first 1 MB is
#     allowed: interpreters ship a few headers and static libraries. Low, because it only costs space.
#   remediation: >-
#     Build in stages and copy only the result: COPY --from=build /out/api /api; strip binaries (strip /out/api, go build -ldflags=-s).
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.left.build_inputs

import data.tare.lib.leftovers
import data.tare.lib.settings

id := "TARE-LEFT-006"

configured := settings.of(id)

needs := {"leftovers"}

found := leftovers.of(configured)

fail := leftovers.failure(found, "build inputs", configured) if {
	leftovers.bytes(found) > configured.maxBytes
}
