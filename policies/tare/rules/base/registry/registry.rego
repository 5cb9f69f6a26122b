# METADATA
# title: Base comes from a registry that is not allowed
# description: The nearest known ancestor was pulled from a registry that is not on the list.
# related_resources:
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
#   - https://www.cisecurity.org/benchmark/docker
#   - https://github.com/hadolint/hadolint/wiki/DL3026
# custom:
#   id: TARE-BASE-002
#   severity: high
#   theme: BASE
#   action: base
#   rationale: >-
#     A registry that nobody in the organisation is responsible for can serve anything under a known name. NIST SP 800-190, 4.1.5, asks for
#     images from trusted registries only; hadolint calls it an error (DL3026). The list is the organisation's own; without one this rule
#     does not apply. High, for the same reason as TARE-BASE-001. A confidence of 0.5 leaves out what only the history suggests (0.3, 0.4).
#   remediation: >-
#     Mirror the base into a registry on the list and build on the copy (skopeo copy docker://docker.io/library/debian:12
#     docker://registry.example.com/mirror/debian:12), or add its registry to the list: settings.rules.TARE-BASE-002.allowed: ["docker.io"].
#   controls:
#     cis-docker: ["4.2"]
#     nist-800-190: ["3.1.5", "4.1.5"]
#     kubernetes-hardening: ["image-from-trusted-repository"]
#   since: 0.1.0
package tare.rules.base.registry

import data.tare.lib.bases
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-BASE-002"

configured := settings.of(id)

needs := {"base.lineage"}

not_applicable := "No list of registries is configured." if {
	count(configured.allowed) == 0
} else := "The application is not built on an operating system." if {
	bases.scratch
}

# Ties are images with the same layers: one of them from an allowed registry is enough.
nearest := sort({ancestor.reference | some ancestor in bases.nearest(configured.minConfidence)})

allowed := [name |
	some name in nearest
	some pattern in configured.allowed
	bases.fits(bases.registry(name), pattern)
]

unknown := "No ancestor of the image is known." if count(nearest) == 0

fail := {
	"message": $"Built on {text.names(nearest)}; bases may come from {text.names(configured.allowed)}.",
	"evidence": {"found": nearest, "allowed": configured.allowed, "identity": nearest},
} if {
	count(nearest) > 0
	count(allowed) == 0
}
