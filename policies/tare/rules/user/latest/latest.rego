# METADATA
# title: Only latest, or no tag
# description: The image has no tag that always names it.
# related_resources:
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
#   - https://kubernetes.io/docs/concepts/containers/images/#image-names
#   - https://github.com/stackrox/stackrox/tree/master/pkg/defaults/policies/files
# custom:
#   id: TARE-USER-008
#   severity: low
#   theme: USER
#   action: configuration
#   rationale: >-
#     A deployment that names latest runs another image tomorrow, and nobody can say which one it ran yesterday: NIST SP 800-190, 4.2.2,
#     asks for tags that name versions. Low, as in StackRox: the digest still names the image. Layouts, archives and the images
#     of an engine are not what deployments name.
#   remediation: >-
#     Push with a version or a commit as tag (docker push registry.example.com/team/api:1.4.2), and deploy by digest.
#   controls:
#     nist-800-190: ["3.2.2", "4.2.2"]
#   since: 0.1.0
package tare.rules.user.latest

import data.tare.lib.settings

id := "TARE-USER-008"

configured := settings.of(id)

elsewhere := "The image is in a layout, an archive or an engine, not in a registry."

not_applicable := elsewhere if {
	some kind in {"oci:/", "docker-archive:/"}
	startswith(input.image.registry, kind)
}

not_applicable := elsewhere if input.image.registry in {"docker-daemon:", "podman:"}

fixed := [tag |
	some tag in input.image.tags
	not tag in configured.denied
]

reason := "No tag names the image." if {
	count(input.image.tags) == 0
} else := $"Only {names} names the image." if {
	names := concat(", ", input.image.tags)
}

fail := {
	"message": reason,
	"evidence": {"found": input.image.tags, "allowed": "a tag that stays"},
} if {
	count(fixed) == 0
}
