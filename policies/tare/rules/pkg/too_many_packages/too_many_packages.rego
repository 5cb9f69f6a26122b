# METADATA
# title: Too many packages
# description: More packages are installed than allowed.
# related_resources:
#   - https://www.debian.org/doc/manuals/debian-reference/ch02.en.html
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-PKG-001
#   severity: low
#   theme: PKG
#   rationale: >-
#     Each package is code that has to be updated and can have flaws; most of those that a scanner reports are in packages the
#     application never uses. Debian's slim image has about 90, Alpine's 15; the budget of 150 is Tare's own.
#   remediation: >-
#     Install with --no-install-recommends, and use a smaller base.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.1"]
#     kubernetes-hardening: ["image-minimal"]
#   since: 0.1.0
package tare.rules.pkg.too_many_packages

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-PKG-001"

configured := settings.of(id)

needs := {"packages"}

found := input.packages.count

allowed := configured.max

sentence := sprintf("%s, and %v are allowed%s.", [text.number(found, "package"), allowed, added])

added := sprintf("; %v of them were added over the base", [input.packages.addedOverBase]) if {
	is_number(input.packages.addedOverBase)
} else := ""

fail := {
	"message": sentence,
	"evidence": {"found": found, "allowed": allowed, "addedOverBase": input.packages.addedOverBase},
} if {
	found > allowed
}

pass := sentence
