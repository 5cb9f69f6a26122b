# METADATA
# title: Two OS package databases
# description: The image holds the package databases of two distributions.
# related_resources:
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
#   - https://docs.docker.com/build/building/multi-stage/
# custom:
#   id: TARE-BASE-008
#   severity: medium
#   theme: BASE
#   action: stages
#   rationale: >-
#     The image mixes files of two distributions: neither package manager knows what the other installed, updates of one break the other,
#     and scanners may read only one of them. This happens when the root of one image is copied over another. Medium, because flaws of half
#     the image may go unnoticed (NIST SP 800-190, 3.1.1); it opens nothing by itself.
#   remediation: >-
#     Copy single files out of a build stage, not its root: COPY --from=build /app /app instead of COPY --from=build / /.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.1", "3.1.2", "4.1.1", "4.1.2"]
#   since: 0.1.0
package tare.rules.base.two_databases

import data.tare.lib.settings

id := "TARE-BASE-008"

configured := settings.of(id)

needs := {"packages.managers"}

found := sort([manager | some manager in input.packages.managers; manager in configured.databases])

fail := {
	"message": $"Package databases of {concat(" and ", found)} are in one image.",
	"evidence": {"found": found, "allowed": 1, "identity": found},
} if {
	count(found) > 1
}
