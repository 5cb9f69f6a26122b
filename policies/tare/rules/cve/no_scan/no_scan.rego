# METADATA
# title: Vulnerabilities are not known
# description: Nothing is known of the vulnerabilities of the packages.
# related_resources:
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
#   - https://www.cisecurity.org/benchmark/docker
# custom:
#   id: TARE-CVE-005
#   severity: note
#   theme: CVE
#   action: configuration
#   rationale: >-
#     CIS Docker Benchmark 4.4 and NIST SP 800-190, 4.1.1, ask for scans. Without feeds of advisories, or where none is about the
#     packages of the image, nothing is known of its vulnerabilities, and TARE-CVE-001 to 004 are unknown. A note, because it says something about the installation, not about the image.
#   remediation: >-
#     Give Tare the advisories of the distributions and languages that your images are made of: tare vulnerabilities update --from
#     https://feeds.example.com/AlmaLinux-9/all.zip. Turn the rule off if another system takes care of that:
#     settings.rules.TARE-CVE-005.enabled: false.
#   controls:
#     cis-docker: ["4.4"]
#     nist-800-190: ["3.1.1", "4.1.1"]
#     kubernetes-hardening: ["image-scanning"]
#   since: 0.1.0
package tare.rules.cve.no_scan

id := "TARE-CVE-005"

fail := {
	"message": "Nothing is known of vulnerabilities.",
	"evidence": {"found": null, "allowed": "packages matched with advisories"},
} if {
	not input.vulnerabilities.known
}
