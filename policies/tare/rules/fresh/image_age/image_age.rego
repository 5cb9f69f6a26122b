# METADATA
# title: Image is old
# description: The image was built longer ago than allowed.
# related_resources:
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-FRESH-001
#   severity: medium
#   theme: FRESH
#   rationale: >-
#     An image collects known flaws from the day it is built. 180 days is Tare's own: two quarters without a rebuild is a forgotten
#     image.
#   remediation: >-
#     Rebuild it on its current base, by a schedule that does not wait for a change of the application.
#   controls:
#     nist-800-190: ["3.1.1", "3.2.2"]
#     cis-docker: ["4.4"]
#     kubernetes-hardening: ["upgrades"]
#   since: 0.1.0
package tare.rules.fresh.image_age

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-FRESH-001"

configured := settings.of(id)

needs := {"image.created"}

# Builds that are to give the same bytes twice write 1970 or 1980 instead of the time.
not_applicable := sprintf("The image says it was built in %s, as reproducible builds do.", [substring(input.image.created, 0, 4)]) if {
	is_string(input.image.created)
	is_string(input.image.created)
	input.image.created < "1981"
}

unknown := "The image does not say when it was built." if not is_number(input.image.ageDays)

found := input.image.ageDays

allowed := configured.maxDays

sentence := sprintf("Built %s ago, and %v are allowed.", [text.number(found, "day"), allowed])

fail := {
	"message": sentence,
	"evidence": {"found": found, "allowed": allowed, "created": input.image.created},
} if {
	is_number(found)
	found > allowed
}

pass := sentence
