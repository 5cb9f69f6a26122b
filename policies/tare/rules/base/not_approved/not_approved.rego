# METADATA
# title: Base is not on the approved list
# description: No ancestor of the image is on the list of approved bases.
# related_resources:
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
#   - https://www.cisecurity.org/benchmark/docker
# custom:
#   id: TARE-BASE-001
#   severity: high
#   theme: BASE
#   action: base
#   rationale: >-
#     A platform team can only keep those bases up to date that it knows. NIST SP 800-190, 4.1.5, asks for a set of trusted images, CIS
#     Docker Benchmark 4.2 for trusted bases. The list is the team's own; without one this rule does not apply. High, because whoever wrote
#     the list said that nothing else is trusted. A confidence of 0.5 leaves out what only the history suggests (0.3, 0.4).
#   remediation: >-
#     Build on an image from the list (FROM registry.example.com/golden/debian:12), or ask for the base to be added to the list:
#     settings.rules.TARE-BASE-001.allowed: ["registry.example.com/golden/*"].
#   controls:
#     cis-docker: ["4.2"]
#     nist-800-190: ["3.1.5", "4.1.5"]
#     kubernetes-hardening: ["image-from-trusted-repository"]
#   since: 0.1.0
package tare.rules.base.not_approved

import data.tare.lib.bases
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-BASE-001"

configured := settings.of(id)

needs := {"base.lineage"}

allowed := configured.allowed

not_applicable := "No list of approved bases is configured." if {
	count(allowed) == 0
} else := "The application is not built on an operating system." if {
	bases.scratch
	configured.allowScratch
}

names := bases.names(configured.minConfidence)

approved if {
	some name in names
	some pattern in allowed
	bases.fits(name, pattern)
}

unknown := "No ancestor of the image is known." if count(names) == 0

fail := {
	"message": $"None of {text.names(sort(names))} is an approved base.",
	"evidence": {"found": sort(names), "allowed": allowed, "identity": sort(names)},
} if {
	count(names) > 0
	not approved
}
