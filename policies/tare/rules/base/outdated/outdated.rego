# METADATA
# title: Base tag has moved on
# description: The tag that the base came from names another image now.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-BASE-009
#   severity: medium
#   theme: BASE
#   rationale: >-
#     A tag of a base moves when its maintainers publish fixes; an image that stands on the old one lacks them. Official images are
#     rebuilt about every two weeks (Debian's every two to four), so 30 days of lag mean a rebuild was missed.
#   remediation: >-
#     Rebuild on the current base, and rebuild regularly.
#   controls:
#     cis-docker: ["4.2", "4.4"]
#     nist-800-190: ["3.1.1", "4.1.1", "3.2.2", "4.2.2"]
#     kubernetes-hardening: ["upgrades"]
#   since: 0.1.0
package tare.rules.base.outdated

import data.tare.lib.bases
import data.tare.lib.facts
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-BASE-009"

configured := settings.of(id)

needs := {"base.outdated"}

not_applicable := "Nothing of an operating system is below the application." if bases.scratch

outdated := input.base.outdated

allowed := configured.maxDays

unknown := "What the tag of the base names now is not known." if {
	not outdated.known
	facts.whole("base.outdated")
}

moved if {
	outdated.known
	is_string(outdated.currentDigest)
	is_object(input.base.parent)
	outdated.currentDigest != input.base.parent.digest
}

evidence := {"found": outdated.lagDays, "allowed": allowed, "currentDigest": outdated.currentDigest}

fail := {
	"message": sprintf("The tag %s has moved on %s ago, and %v are allowed.", [input.base.parent.reference, text.number(outdated.lagDays, "day"), allowed]),
	"evidence": evidence,
} if {
	moved
	outdated.lagDays > allowed
	is_number(outdated.lagDays)
} else := {
	"message": sprintf("The tag %s has moved on, nobody knows since when.", [input.base.parent.reference]),
	"evidence": evidence,
} if {
	moved
	not is_number(outdated.lagDays)
}
