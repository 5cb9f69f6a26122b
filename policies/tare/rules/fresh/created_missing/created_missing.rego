# METADATA
# title: Build time is missing
# description: The image does not say when it was built.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/config.md#properties
#   - https://docs.docker.com/build/ci/github-actions/reproducible-builds/
# custom:
#   id: TARE-FRESH-003
#   severity: low
#   theme: FRESH
#   action: configuration
#   rationale: >-
#     Without it nobody can tell how old an image is, and rules about age cannot judge it; the image specification makes the property
#     optional. Low, because it hides the age, which may be fine: reproducible builds leave the time out on purpose.
#   remediation: >-
#     Let the build write it: BuildKit and buildah do so by default; reproducible builds set it to the time of the commit:
#     SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) docker buildx build ….
#   controls: {}
#   since: 0.1.0
package tare.rules.fresh.created_missing

id := "TARE-FRESH-003"

needs := {"image.created"}

fail := {
	"message": "The config has no created time.",
	"evidence": {"found": null, "allowed": "a time"},
} if {
	not is_string(input.image.created)
	count(unreadable) == 0
}

# A time that is there and cannot be read is a gap, and unknown.
unreadable := [gap | some gap in input.gaps; gap.fact == "image.created"]
