# METADATA
# title: Base is not named
# description: Neither annotation nor label names the base image.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys
# custom:
#   id: TARE-PROV-001
#   severity: note
#   theme: PROV
#   action: pin
#   rationale: >-
#     Whoever takes over an image wants to know what it is built on without comparing layers. A note: TARE-BASE-006 asks for name and digest
#     with a higher severity, this one only whether the base is named at all.
#   remediation: >-
#     Annotate it when building: docker buildx build --annotation org.opencontainers.image.base.name=docker.io/library/debian:12.
#   controls:
#     nist-800-190: ["3.1.5", "4.1.5"]
#   since: 0.1.0
package tare.rules.prov.no_base

import data.tare.lib.bases

id := "TARE-PROV-001"

not_applicable := "The application is not built on an operating system." if {
	bases.scratch
} else := bases.root

said if is_string(input.base.annotated.name)

said if is_string(input.base.annotated.digest)

fail := {
	"message": "Neither name nor digest of a base is stated.",
	"evidence": {"found": null, "allowed": "org.opencontainers.image.base.name"},
} if {
	not said
}
