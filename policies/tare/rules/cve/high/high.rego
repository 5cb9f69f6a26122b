# METADATA
# title: High vulnerabilities
# description: The scan of the image found high vulnerabilities.
# related_resources:
#   - https://www.first.org/cvss/v3.1/specification-document
#   - https://cyber.dhs.gov/bod/19-02/
#   - https://github.com/stackrox/stackrox/tree/master/pkg/defaults/policies/files
# custom:
#   id: TARE-CVE-002
#   severity: high
#   theme: CVE
#   action: rebuild
#   rationale: >-
#     A score of 7.0 to 8.9 is high by CVSS, and max is 0: CISA's BOD 19-02 gives 30 days for these, and StackRox's default policies fail
#     fixable ones from 7 on. High, like the score; waive those that cannot be reached.
#   remediation: >-
#     Rebuild on a current base (docker build --pull), update the packages named, or remove them. A vulnerability that cannot be reached can
#     be waived, with a reason and a date.
#   controls:
#     cis-docker: ["4.4"]
#     nist-800-190: ["3.1.1", "4.1.1"]
#     kubernetes-hardening: ["image-scanning", "upgrades"]
#   since: 0.1.0
package tare.rules.cve.high

import data.tare.lib.settings
import data.tare.lib.vulnerabilities

id := "TARE-CVE-002"

configured := settings.of(id)

needs := {"vulnerabilities"}

unknown := reason if {
	reason := vulnerabilities.unknown
} else := vulnerabilities.ungraded

fail := vulnerabilities.failure("high", configured.max)
