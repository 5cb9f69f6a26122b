# METADATA
# title: Image is old
# description: The image was built longer ago than allowed.
# related_resources:
#   - https://kyverno.io/policies/other/block-stale-images/block-stale-images/
#   - https://github.com/stackrox/stackrox/tree/master/pkg/defaults/policies/files
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-FRESH-001
#   severity: medium
#   theme: FRESH
#   action: rebuild
#   rationale: >-
#     More and more flaws become known in an image from the day it is built. The limit is 180 days, because Kyverno's policy Block Stale
#     Images refuses what is older than six months, with severity medium; StackRox reports images after 90 days, with low. Where an image
#     states no time, TARE-FRESH-003 reports that, and this rule is unknown, as a note.
#   remediation: >-
#     Rebuild it on its current base (docker build --pull), on a schedule that does not wait for changes of the application.
#   controls:
#     cis-docker: ["4.4"]
#     nist-800-190: ["3.1.1", "3.2.2", "4.1.1", "4.2.2"]
#     kubernetes-hardening: ["upgrades"]
#   since: 0.1.0
package tare.rules.fresh.image_age

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-FRESH-001"

configured := settings.of(id)

needs := {"image.created"}

# Builds that are to give the same bytes twice write 1970 or 1980 instead of the time.
not_applicable := $"The image says it was built in {substring(input.image.created, 0, 4)}, as reproducible builds do." if {
	is_string(input.image.created)
	is_string(input.image.created)
	input.image.created < "1981"
}

unknown := "The image does not say when it was built." if not is_number(input.image.ageDays)

found := input.image.ageDays

allowed := configured.maxDays

sentence := $"Built {text.number(found, "day")} ago; the limit is {allowed}." if is_number(found)

fail := {
	"message": sentence,
	"evidence": {"found": found, "allowed": allowed, "created": input.image.created},
} if {
	is_number(found)
	found > allowed
}

pass := sentence
