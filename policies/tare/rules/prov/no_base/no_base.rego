# METADATA
# title: No word of the base
# description: Neither annotation nor label names the base image.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys
# custom:
#   id: TARE-PROV-001
#   severity: note
#   theme: PROV
#   rationale: >-
#     Who inherits an image wants to know what it stands on without searching for layers. A note: TARE-BASE-006 asks for name and digest
#     with more weight, this one only whether anything is said at all.
#   remediation: >-
#     Annotate it when building: docker buildx build --annotation org.opencontainers.image.base.name=docker.io/library/debian:12.
#   controls:
#     nist-800-190: ["3.1.5", "4.1.5"]
#   since: 0.1.0
package tare.rules.prov.no_base

import data.tare.lib.bases

id := "TARE-PROV-001"

not_applicable := "Nothing of an operating system is below the application." if bases.scratch

said if is_string(input.base.annotated.name)

said if is_string(input.base.annotated.digest)

fail := {
	"message": "Neither name nor digest of a base is stated.",
	"evidence": {"found": null, "allowed": "org.opencontainers.image.base.name"},
} if {
	not said
}
