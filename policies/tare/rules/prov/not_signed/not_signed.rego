# METADATA
# title: Not signed
# description: No signature is attached to the image.
# related_resources:
#   - https://www.cisecurity.org/benchmark/docker
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-PROV-004
#   severity: note
#   theme: PROV
#   action: configuration
#   rationale: >-
#     A signature says who published the image, and admission control can require one: CIS Docker Benchmark 4.5 (its level 2) and NIST SP
#     800-190, 4.1.5. Tare sees whether there is one; it is verified where images are admitted. A note; raise the severity where your
#     organisation signs.
#   remediation: >-
#     Sign when publishing: cosign sign registry.example.com/team/api@sha256:…, or notation sign.
#   controls:
#     cis-docker: ["4.5", "4.12"]
#     nist-800-190: ["3.1.5", "4.1.5"]
#     kubernetes-hardening: ["image-from-trusted-repository"]
#   since: 0.1.0
package tare.rules.prov.not_signed

import data.tare.lib.facts

id := "TARE-PROV-004"

# What was found counts, even if there may be more.
default needs := set()

needs := {"provenance"} if not input.provenance.signed

fail := {
	"message": "No signature is attached.",
	"evidence": {"found": null, "allowed": "a signature"},
} if {
	facts.whole("provenance")
	not input.provenance.signed
}
