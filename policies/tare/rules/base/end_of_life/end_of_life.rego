# METADATA
# title: OS release is past its end of life
# description: The distribution's release no longer gets updates.
# related_resources:
#   - https://endoflife.date/
#   - https://cwe.mitre.org/data/definitions/1104.html
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-BASE-010
#   severity: high
#   theme: BASE
#   action: base
#   rationale: >-
#     Nobody fixes the flaws that are found in such a release (CWE-1104), and scanners that compare it with its advisories find nothing: it
#     looks clean but is not. The date is the one that its maintainers gave (config/os-eol.yaml names the sources). High, because every flaw
#     found since then stays.
#   remediation: >-
#     Rebuild on a maintained release: FROM debian:12 instead of debian:10. Where extended support is paid for, waive the finding until it
#     ends.
#   controls:
#     cis-docker: ["4.2", "4.4"]
#     nist-800-190: ["3.1.1", "4.1.1"]
#     kubernetes-hardening: ["upgrades"]
#   since: 0.1.0
package tare.rules.base.end_of_life

import data.tare.lib.bases
import data.tare.lib.facts
import data.tare.lib.settings

id := "TARE-BASE-010"

configured := settings.of(id)

needs := {"base.os"}

os := input.base.os

not_applicable := "There is no distribution in the image." if {
	not is_object(os)
	facts.whole("base.os")
} else := $"{name} is a rolling release." if {
	os.id in configured.rolling
}

name := bases.os_name

unknown := $"The end of life of {name} is not known." if {
	is_object(os)
	not is_string(os.eol)
}

today := substring(input.evaluatedAt, 0, 10)

fail := {
	"message": $"{name} reached its end of life on {os.eol}.",
	"evidence": {
		"found": os.eol,
		"allowed": $"after {today}",
		"os": os.id,
		"version": os.versionId,
		"identity": [os.id, os.versionId],
	},
} if {
	is_string(os.eol)
	os.eol < today
}

pass := $"{name} is maintained until {os.eol}." if is_string(os.eol)
