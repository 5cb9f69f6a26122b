# METADATA
# title: Critical vulnerabilities
# description: The scan of the image knows critical vulnerabilities.
# related_resources:
#   - https://www.first.org/cvss/v3.1/specification-document
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-CVE-001
#   severity: critical
#   theme: CVE
#   rationale: >-
#     A critical vulnerability can be used from afar by anybody, most often with published code (CVSS 9.0 and above). None is
#     allowed.
#   remediation: >-
#     Rebuild on a current base, update the packages named, or take them out.
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

unknown := vulnerabilities.unknown

fail := vulnerabilities.failure("critical", configured.max)
