# METADATA
# title: Temporary files and logs
# description: Files of the build lie in temporary, log and spool directories.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-LEFT-003
#   severity: low
#   theme: LEFT
#   rationale: >-
#     They are of no use to the application, and tell how, where and by whom the image was built; shell histories hold commands with
#     passwords. The first 100 kB are let through: package managers log each installation.
#   remediation: >-
#     Remove them in the RUN that makes them, or mount /tmp (RUN --mount=type=tmpfs,target=/tmp).
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2"]
#     kubernetes-hardening: ["image-minimal"]
#   since: 0.1.0
package tare.rules.left.temporary

import data.tare.lib.leftovers
import data.tare.lib.settings

id := "TARE-LEFT-003"

configured := settings.of(id)

needs := {"leftovers"}

found := leftovers.of(configured)

fail := leftovers.failure(found, "temporary files and logs", configured) if {
	leftovers.bytes(found) > configured.maxBytes
}
