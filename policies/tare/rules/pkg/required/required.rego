# METADATA
# title: Required package is missing
# description: A package that every image must contain is not installed.
# related_resources:
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-PKG-003
#   severity: medium
#   theme: PKG
#   action: install
#   rationale: >-
#     Some organisations require certificates of their own authority, an agent or a policy package in every image. The list is theirs;
#     without one this rule does not apply. Medium, because something required is missing, and no more is known about it; raise the severity
#     for packages that protect.
#   remediation: >-
#     Install it (RUN apt-get install -y ca-certificates), or build on a base that contains it.
#   controls:
#     nist-800-190: ["4.1.2"]
#   since: 0.1.0
package tare.rules.pkg.required

import data.tare.lib.facts
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-PKG-003"

configured := settings.of(id)

needs := {"packages.count"}

not_applicable := "No package is required." if count(configured.required) == 0

installed contains item.name if some item in input.packages.items

missing := [name | some name in configured.required; not installed[name]]

fail := {
	"message": $"Not installed: {text.names(missing)}.",
	"evidence": {"found": [], "allowed": configured.required, "identity": missing},
} if {
	count(missing) > 0
	facts.whole("packages.count")
}
