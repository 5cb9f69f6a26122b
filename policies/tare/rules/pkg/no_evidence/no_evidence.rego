# METADATA
# title: No package evidence
# description: Nothing in the image says which packages it consists of.
# related_resources:
#   - https://github.com/anchore/syft/issues/1178
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-PKG-006
#   severity: low
#   theme: PKG
#   action: cleanup
#   rationale: >-
#     Without a package database scanners have nothing to compare with advisories and report nothing: the image looks clean. Images from
#     scratch contain only their application; whether that has an SBOM is for TARE-PROV-003. Low, because it means that something cannot be
#     seen, not that something is wrong.
#   remediation: >-
#     Keep the package database (no rm -rf /var/lib/dpkg), or attach an SBOM (docker buildx build --sbom=true) and build on a base that
#     states its packages.
#   controls:
#     cis-docker: ["4.4", "4.11"]
#     nist-800-190: ["3.1.1", "4.1.1"]
#   since: 0.1.0
package tare.rules.pkg.no_evidence

import data.tare.lib.bases
import data.tare.lib.facts

id := "TARE-PKG-006"

needs := {"packages.managers"}

not_applicable := "The application is not built on an operating system." if bases.scratch

fail := {
	"message": "No package database was found.",
	"evidence": {"found": input.packages.managers, "allowed": "a package database"},
} if {
	every manager in input.packages.managers { manager in beside_system }
	facts.whole("packages.managers")
}

# They say which packages they brought, and nothing of the system that they lie in.
beside_system := {"conda", "homebrew"}
