# METADATA
# title: Base is unknown
# description: No ancestor is known with the confidence that is asked.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys
# custom:
#   id: TARE-BASE-003
#   severity: low
#   theme: BASE
#   rationale: >-
#     Without the base nobody can say which findings a rebuild on a newer base would mend, nor whose they are. 0.5 excludes what the
#     history alone suggests.
#   remediation: >-
#     Scan the registry that holds the base too, learn it (tare bases learn REF), or annotate the image with
#     org.opencontainers.image.base.name and .digest.
#   controls:
#     cis-docker: ["4.2"]
#     nist-800-190: ["3.1.5"]
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
} else := sprintf("The parent is held to be %s with a confidence of %s, and %s is asked.", [
	parent.reference,
	text.percent(parent.confidence),
	text.percent(allowed),
]) if {
	parent.confidence < allowed
}

fail := {
	"message": reason,
	"evidence": {"found": found, "allowed": allowed, "boundaries": input.base.boundaries},
} if {
	facts.whole("base.lineage")
}

found := parent.confidence if {
	is_object(parent)
} else := 0
