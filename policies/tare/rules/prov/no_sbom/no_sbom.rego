# METADATA
# title: No SBOM
# description: No list of components is attached to the image.
# related_resources:
#   - https://docs.docker.com/build/metadata/attestations/
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-PROV-003
#   severity: note
#   theme: PROV
#   action: configuration
#   rationale: >-
#     An SBOM says what the image consists of, even where no package database does. A note: few images have one yet, and Tare reads packages
#     itself; raise the severity where your organisation requires one.
#   remediation: >-
#     Build with docker buildx build --sbom=true, or attach one: cosign attest --type cyclonedx --predicate bom.json IMAGE.
#   controls:
#     nist-800-190: ["3.1.1", "4.1.1"]
#     kubernetes-hardening: ["image-scanning"]
#   since: 0.1.0
package tare.rules.prov.no_sbom

import data.tare.lib.facts

id := "TARE-PROV-003"

# What was found counts, even if there may be more.
default needs := set()

needs := {"provenance"} if not input.provenance.sbom

fail := {
	"message": "No SBOM is attached.",
	"evidence": {"found": null, "allowed": "an SBOM"},
} if {
	facts.whole("provenance")
	not input.provenance.sbom
}
