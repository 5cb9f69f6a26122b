# METADATA
# title: Package database without its package manager
# description: The database says what is installed, but the program that maintains it is gone.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-PKG-005
#   severity: low
#   theme: PKG
#   action: base
#   rationale: >-
#     Deleting the package manager saves its few megabytes but leaves packages that nobody in the image can update or verify, and a database
#     that nothing keeps up to date. Bases that are built without one on purpose (distroless, chiselled, micro) list their packages in other
#     ways and do not count. Low, because the packages can still be read and compared.
#   remediation: >-
#     Build on a base that comes without a package manager (FROM gcr.io/distroless/base-debian12) instead of deleting it.
#   controls:
#     nist-800-190: ["3.1.1", "3.1.2", "4.1.1", "4.1.2"]
#   since: 0.1.0
package tare.rules.pkg.orphan

import data.tare.lib.facts
import data.tare.lib.settings

id := "TARE-PKG-005"

configured := settings.of(id)

needs := {"packages.managers", "tools", "base.class"}

not_applicable := $"Bases of the kind {input.base.class} are made without a package manager." if {
	input.base.class in configured.classes
	facts.whole("base.class")
}

present contains tool.name if some tool in input.tools

found := sort([manager |
	some manager in input.packages.managers
	not configured.managers[manager] in present
	configured.managers[manager]
])

fail := {
	"message": $"There is a database of {concat(" and ", found)}, but no such program.",
	"evidence": {"found": found, "allowed": [], "identity": found},
} if {
	count(found) > 0
	facts.whole("tools")
}
