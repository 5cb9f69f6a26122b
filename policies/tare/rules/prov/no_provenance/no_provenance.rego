# METADATA
# title: No provenance
# description: No statement of how the image was built is attached.
# related_resources:
#   - https://slsa.dev/spec/v1.0/levels
#   - https://docs.docker.com/build/metadata/attestations/
# custom:
#   id: TARE-PROV-005
#   severity: note
#   theme: PROV
#   action: configuration
#   rationale: >-
#     SLSA provenance says which builder made the image from which sources: level 1 of SLSA only asks that it exists. A note; raise the
#     severity where your organisation requires it.
#   remediation: >-
#     Build with docker buildx build --provenance=true, or the SLSA generators of your CI.
#   controls:
#     nist-800-190: ["3.1.5", "4.1.5"]
#     kubernetes-hardening: ["image-from-trusted-repository"]
#   since: 0.1.0
package tare.rules.prov.no_provenance

import data.tare.lib.facts

id := "TARE-PROV-005"

# What was found counts, even if there may be more.
default needs := set()

needs := {"provenance"} if count(statements) == 0

statements := [type | some type in input.provenance.attestations; startswith(type, "https://slsa.dev/provenance")]

fail := {
	"message": "No provenance is attached.",
	"evidence": {"found": null, "allowed": "an attestation of a type below https://slsa.dev/provenance"},
} if {
	facts.whole("provenance")
	count(statements) == 0
}
