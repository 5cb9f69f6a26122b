# METADATA
# title: Critical vulnerabilities
# description: The scan of the image found critical vulnerabilities.
# related_resources:
#   - https://www.first.org/cvss/v3.1/specification-document
#   - https://cyber.dhs.gov/bod/19-02/
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-CVE-001
#   severity: critical
#   theme: CVE
#   action: rebuild
#   rationale: >-
#     A score of 9.0 and above is critical by CVSS, and max is 0: CISA's BOD 19-02 gives 15 days for these, and NIST SP 800-190, 4.1.1, asks
#     for a limit that each organisation chooses. Critical, like the score.
#   remediation: >-
#     Rebuild on a current base (docker build --pull), update the packages named, or remove them. A vulnerability that cannot be reached can
#     be waived, with a reason and a date.
#   controls:
#     cis-docker: ["4.4"]
#     nist-800-190: ["3.1.1", "4.1.1"]
#     kubernetes-hardening: ["image-scanning", "upgrades"]
#   since: 0.1.0
package tare.rules.cve.critical

import data.tare.lib.settings
import data.tare.lib.vulnerabilities

id := "TARE-CVE-001"

configured := settings.of(id)

needs := {"vulnerabilities"}

unknown := reason if {
	reason := vulnerabilities.unknown
} else := vulnerabilities.ungraded

fail := vulnerabilities.failure("critical", configured.max)
