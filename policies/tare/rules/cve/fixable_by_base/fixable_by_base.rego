# METADATA
# title: A newer base may fix vulnerabilities
# description: Vulnerabilities come from the base, and its tag has moved on.
# related_resources:
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
#   - https://www.first.org/cvss/v3.1/specification-document
#   - https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often
# custom:
#   id: TARE-CVE-003
#   severity: high
#   theme: CVE
#   action: rebuild
#   rationale: >-
#     A vulnerability of the base is fixed there, and the fix reaches the image with its next build: there is no cheaper fix. NIST SP
#     800-190, 4.1.2, asks for frequent updates of base layers. High, because only vulnerabilities of these scores (CVSS 7.0 and above)
#     count.
#   remediation: >-
#     Rebuild on the current base: docker build --pull.
#   controls:
#     cis-docker: ["4.4"]
#     nist-800-190: ["3.1.1", "4.1.1"]
#     kubernetes-hardening: ["upgrades"]
#   since: 0.1.0
package tare.rules.cve.fixable_by_base

import data.tare.lib.bases
import data.tare.lib.settings
import data.tare.lib.vulnerabilities

id := "TARE-CVE-003"

configured := settings.of(id)

needs := {"vulnerabilities", "base.outdated"}

not_applicable := "The application is not built on an operating system." if {
	bases.scratch
} else := bases.root

unknown := reason if {
	reason := vulnerabilities.unknown
} else := "Whether the base brought them is not known." if {
	unassigned
} else := "Whether the tag of the base names a newer image is not known." if {
	inherited > 0
	not comparable
} else := vulnerabilities.ungraded if {
	object.get(input.vulnerabilities.inBase, "unknown", 1) > 0
	not current
}

current if {
	comparable
	input.base.outdated.currentDigest == input.base.parent.digest
}

unassigned if {
	some severity in configured.severities
	input.vulnerabilities.counts[severity] > 0
	not is_number(object.get(input.vulnerabilities.inBase, severity, null))
}

comparable if {
	input.base.outdated.known
	is_string(input.base.outdated.currentDigest)
	is_string(input.base.parent.digest)
}

inherited := sum([n |
	some severity, n in input.vulnerabilities.inBase
	severity in configured.severities
])

fail := {
	"message": $"{inherited} critical or high ones come from {input.base.parent.reference}, whose tag names a newer image.",
	"evidence": {"found": inherited, "allowed": 0, "origin": "base", "currentDigest": input.base.outdated.currentDigest},
} if {
	input.vulnerabilities.known
	inherited > 0
	comparable
	input.base.outdated.currentDigest != input.base.parent.digest
}
