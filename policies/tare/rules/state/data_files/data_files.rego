# METADATA
# title: Data files in the image
# description: The image contains database files.
# related_resources:
#   - https://12factor.net/processes
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-STATE-003
#   severity: medium
#   theme: STATE
#   action: cleanup
#   rationale: >-
#     Data in an image is the same for everybody who pulls it, is lost with each container, and is often a copy of something real; maxBytes
#     is 0. Databases of package managers and of programs are not counted. Medium, because nobody knows what is in it, and everybody who can
#     pull the image can read it.
#   remediation: >-
#     Keep data in a volume or a service, and list *.db and *.sqlite in .dockerignore; load sample data at the start.
#   controls:
#     nist-800-190: ["3.1.4", "4.1.4"]
#     kubernetes-hardening: ["secrets"]
#   since: 0.1.0
package tare.rules.state.data_files

import data.tare.lib.bases
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-STATE-003"

configured := settings.of(id)

needs := {"state"}

found := [item |
	some item in input.state
	item.kind in configured.kinds
	not allowed(item.path)
]

allowed(path) if {
	some pattern in configured.allowed
	bases.fits(path, pattern)
}

bytes := sum([item.bytes | some item in found])

fail := {
	"message": $"{text.bytes(bytes)} of data in {text.names(sort([item.path | some item in found]))}.",
	"evidence": {
		"found": bytes,
		"allowed": configured.maxBytes,
		"identity": {item.path | some item in found},
		"items": array.slice(found, 0, 50),
	},
} if {
	bytes > configured.maxBytes
}
