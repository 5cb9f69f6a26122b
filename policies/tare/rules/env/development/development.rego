# METADATA
# title: Development image in production
# description: Its tags say that the image was made for developing or testing.
# related_resources:
#   - https://12factor.net/dev-prod-parity
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-ENV-001
#   severity: medium
#   theme: ENV
#   action: configuration
#   rationale: >-
#     Development builds have debug ports, test data and weak settings. Tags are what teams themselves say; every tag has to say so, since
#     one image may have several. Medium, because a word is a hint and no proof: other rules find what is really there.
#   remediation: >-
#     Build for production and tag the result (team/api:1.4.2); give repositories of development images the profile dev:
#     settings.profile.assign: [{repositories: ["dev/**"], profile: dev}].
#   controls:
#     nist-800-190: ["3.1.2", "4.1.2"]
#   since: 0.1.0
package tare.rules.env.development

import data.tare.lib.bases
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-ENV-001"

configured := settings.of(id)

not_applicable := "No tag names the image." if count(input.image.tags) == 0

saying := [tag |
	some tag in input.image.tags
	some word in configured.words
	word in bases.words(tag)
]

distinct := sort({tag | some tag in saying})

fail := {
	"message": $"Tagged {text.names(distinct)}.",
	"evidence": {"found": distinct, "allowed": "tags without the words of the setting", "words": configured.words, "identity": []},
} if {
	count(distinct) > 0
	count(distinct) == count(input.image.tags)
}
