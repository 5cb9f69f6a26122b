# METADATA
# title: Not signed
# description: No signature is attached to the image.
# related_resources:
#   - https://slsa.dev/spec/v1.0/levels
#   - https://docs.docker.com/build/metadata/attestations/
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-PROV-004
#   severity: note
#   theme: PROV
#   rationale: >-
#     A signature says who published the image, and admission can demand it: CIS Docker Benchmark 4.5 and NIST SP 800-190, 4.1.5.
#     Tare sees that there is one; whether it is good is verified where images are admitted. It is a note until an organisation
#     signs; raise it then.
#   remediation: >-
#     Sign when publishing: cosign sign, or notation sign.
#   controls:
#     cis-docker: ["4.5", "4.12"]
#     nist-800-190: ["3.1.5", "4.1.5"]
#     kubernetes-hardening: ["image-signatures"]
#   since: 0.1.0
package tare.rules.prov.not_signed

import data.tare.lib.facts

id := "TARE-PROV-004"

# What is there is known, whatever else is not.
default needs := set()

needs := {"provenance"} if not input.provenance.signed

fail := {
	"message": "No signature is attached.",
	"evidence": {"found": null, "allowed": "a signature"},
} if {
	facts.whole("provenance")
	not input.provenance.signed
}
