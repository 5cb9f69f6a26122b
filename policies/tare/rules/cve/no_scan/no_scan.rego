# METADATA
# title: No scan for vulnerabilities
# description: No result of a scan for vulnerabilities is at hand.
# related_resources:
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
#   - https://www.cisecurity.org/benchmark/docker
# custom:
#   id: TARE-CVE-005
#   severity: note
#   theme: CVE
#   rationale: >-
#     CIS Docker Benchmark 4.4 and NIST SP 800-190, 4.1.1, ask for scans. Tare finds no vulnerabilities itself, and reads no scanner's
#     results yet, so TARE-CVE-001 to 004 are unknown. A note, because it says something of the installation and not of the image.
#   remediation: >-
#     Scan the image with a scanner of vulnerabilities: trivy image registry.example.com/team/api:1.4. Switch the rule off where another
#     system sees to that: settings.rules.TARE-CVE-005.enabled: false.
#   controls:
#     cis-docker: ["4.4"]
#     nist-800-190: ["3.1.1", "4.1.1"]
#     kubernetes-hardening: ["image-scanning"]
#   since: 0.1.0
package tare.rules.cve.no_scan

id := "TARE-CVE-005"

fail := {
	"message": "No scan result is at hand.",
	"evidence": {"found": null, "allowed": "a scan result"},
} if {
	not input.vulnerabilities.known
}
