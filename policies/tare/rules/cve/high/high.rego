# METADATA
# title: High vulnerabilities
# description: The scan of the image knows high vulnerabilities.
# related_resources:
#   - https://www.first.org/cvss/v3.1/specification-document
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-CVE-002
#   severity: high
#   theme: CVE
#   rationale: >-
#     A vulnerability of severity high (CVSS 7.0 to 8.9) gives away much of the system under conditions that are often met. None is
#     allowed; waivers are for those that cannot be reached.
#   remediation: >-
#     Rebuild on a current base, update the packages named, or take them out.
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

unknown := vulnerabilities.unknown

fail := vulnerabilities.failure("high", configured.max)
