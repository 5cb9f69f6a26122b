# METADATA
# title: Too many packages
# description: More packages are installed than allowed.
# related_resources:
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: TARE-PKG-001
#   severity: low
#   theme: PKG
#   action: install
#   rationale: >-
#     Each package is code that has to be updated and can have flaws; most of those that a scanner reports are in packages the application
#     never uses. Debian 12's minimal base has 96 packages, with Apache 112 to 132, AlmaLinux micro 23, Alpine 15 and distroless static 3
#     (measured): 150 is a full base with one service. Low, because a number is not a flaw.
#   remediation: >-
#     Install with --no-install-recommends, and use a smaller base: FROM debian:12-slim, alpine or distroless. tare inspect IMAGE lists the
#     packages by layer.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.1", "4.1.1"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.pkg.too_many_packages

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-PKG-001"

configured := settings.of(id)

needs := {"packages.count"}

found := input.packages.count

allowed := configured.max

sentence := $"{text.number(found, "package")}{added}; the limit is {allowed}." if is_number(found)

default added := ""

added := $", {input.packages.addedOverBase} of them added over the base" if {
	is_number(input.packages.addedOverBase)
}

fail := {
	"message": sentence,
	"evidence": {"found": found, "allowed": allowed, "addedOverBase": input.packages.addedOverBase},
} if {
	found > allowed
}

pass := sentence
