# METADATA
# title: Base is unknown
# description: No ancestor is known with the confidence that is asked.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-BASE-003
#   severity: low
#   theme: BASE
#   rationale: >-
#     Without the base nobody can say which findings a rebuild on a newer base would mend, nor whose they are. Low, because it says what is
#     not known of the image, not that something is wrong with it. A confidence of 0.5 keeps out what the history alone suggests (0.3);
#     everything else has 0.6 or more.
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

not_applicable := "Nothing of an operating system is below the application." if bases.scratch

allowed := configured.minConfidence

parent := input.base.parent

reason := "No ancestor of the image is known." if {
	not is_object(parent)
} else := $"The parent is held to be {parent.reference} with a confidence of {held}, and {asked} is asked." if {
	parent.confidence < allowed
	held := text.percent(parent.confidence)
	asked := text.percent(allowed)
}

fail := {
	"message": reason,
	"evidence": {"found": found, "allowed": allowed, "boundaries": input.base.boundaries},
} if {
	facts.whole("base.lineage")
}

default found := 0

found := parent.confidence if is_object(parent)
