# METADATA
# title: Base is not annotated by digest
# description: The image does not say which image it was built on, by name and digest.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys
#   - https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
# custom:
#   id: TARE-BASE-006
#   severity: low
#   theme: BASE
#   rationale: >-
#     The annotations are the only statement of the base that does not depend on having seen it; without the digest it names a tag that
#     moves. Docker's documentation asks to pin bases by digest. Low, because the base is found in the layers as well wherever it was
#     scanned.
#   remediation: >-
#     Build with both annotations (buildah writes them by itself): docker buildx build --annotation
#     org.opencontainers.image.base.name=docker.io/library/debian:12 --annotation org.opencontainers.image.base.digest=sha256:…; and pin
#     FROM debian:12@sha256:….
#   controls:
#     cis-docker: ["4.2"]
#     nist-800-190: ["3.1.5", "4.1.5"]
#   since: 0.1.0
package tare.rules.base.not_annotated

import data.tare.lib.bases

id := "TARE-BASE-006"

not_applicable := "Nothing of an operating system is below the application." if bases.scratch

annotations := {
	"org.opencontainers.image.base.name": "name",
	"org.opencontainers.image.base.digest": "digest",
}

missing := sort([annotation |
	some annotation, key in annotations
	not stated(key)
])

stated(key) if is_string(input.base.annotated[key])

fail := {
	"message": $"Missing: {concat(", ", missing)}.",
	"evidence": {"found": input.base.annotated, "allowed": "name and digest", "identity": missing},
} if {
	count(missing) > 0
}
