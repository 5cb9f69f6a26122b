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
#   action: pin
#   rationale: >-
#     Only the annotations name the base without depending on a scan of it; without the digest they name a tag, which can move. Docker's
#     documentation recommends pinning bases by digest. Low, because the base is also recognised by its layers, if it was scanned. Of an
#     image that is a base itself, with nothing below it, there is no name to state: see TARE-BASE-003.
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

not_applicable := "The application is not built on an operating system." if {
	bases.scratch
} else := bases.root

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
