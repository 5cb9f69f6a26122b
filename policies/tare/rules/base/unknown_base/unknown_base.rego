# METADATA
# title: Base is unknown
# description: No ancestor is known with the required confidence.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-BASE-003
#   severity: low
#   theme: BASE
#   action: pin
#   rationale: >-
#     If the base is unknown, nobody can say which findings a rebuild on a newer base would fix, or who has to fix them. Low, because it
#     means that something is not known about the image, not that something is wrong with it. A confidence of 0.5 leaves out what only the
#     history suggests (0.3, 0.4); everything else has 0.6 or more. A base that begins everything is not blamed: one that the base catalogue
#     has, or one of a single layer on which other images of the run are built, if nothing shows an image below it.
#   remediation: >-
#     Scan the registry that holds the base too, learn it (tare bases learn docker.io/library/debian:12), or annotate the image with
#     org.opencontainers.image.base.name and org.opencontainers.image.base.digest.
#   controls:
#     cis-docker: ["4.2"]
#     nist-800-190: ["3.1.5", "4.1.5"]
#     kubernetes-hardening: ["image-from-trusted-repository"]
#   since: 0.1.0
package tare.rules.base.unknown_base

import data.tare.lib.bases
import data.tare.lib.facts
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-BASE-003"

configured := settings.of(id)

needs := {"base.lineage"}

not_applicable := "The application is not built on an operating system." if {
	bases.scratch
} else := bases.root

allowed := configured.minConfidence

parent := input.base.parent

reason := "No ancestor of the image is known." if {
	not is_object(parent)
} else := $"The parent is probably {parent.reference}, with a confidence of {confidence}; {required} is required." if {
	parent.confidence < allowed
	confidence := text.percent(parent.confidence)
	required := text.percent(allowed)
}

fail := {
	"message": reason,
	"evidence": {"found": found, "allowed": allowed, "boundaries": input.base.boundaries},
} if {
	facts.whole("base.lineage")
}

default found := 0

found := parent.confidence if is_object(parent)
