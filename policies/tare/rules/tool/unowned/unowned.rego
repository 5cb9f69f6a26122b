# METADATA
# title: Tool that no package owns
# description: "A known tool was copied in: no package owns it, and the entrypoint does not start it."
# related_resources:
#   - https://github.com/anchore/syft/issues/1178
#   - https://www.cisecurity.org/benchmark/docker
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-015
#   severity: medium
#   theme: TOOL
#   action: install
#   rationale: >-
#     A program that no package database lists gets no updates, and scanners that read databases do not see it. Attackers leave such files,
#     and so do builds that download. What the entrypoint starts is the application itself and does not count. Medium, as if a package owned
#     the tool; CIS Docker Benchmark 4.11 asks for verified packages.
#   remediation: >-
#     Leave it out: use it in a build stage, and copy only what it made (COPY --from=build /out /app). Where the application itself calls it,
#     take the distribution's package instead of a copy, so that its fixes arrive, and name it in allowed of the rule for its kind.
#   controls:
#     cis-docker: ["4.3", "4.11"]
#     nist-800-190: ["3.1.1", "3.1.2", "4.1.1", "4.1.2"]
#   since: 0.1.0
package tare.rules.tool.unowned

import data.tare.lib.facts
import data.tare.lib.settings
import data.tare.lib.text
import data.tare.lib.tools

id := "TARE-TOOL-015"

configured := settings.of(id)

needs := {"tools", "packages.managers"}

denied := [tool | some tool in candidates; tool.owned == false]

candidates := [tool |
	some tool in tools.denied(input.tools, configured)
	tool.kind != "applet"
]

not_applicable := "There is no package database that could own a tool." if {
	count(input.packages.managers) == 0
	facts.whole("packages.managers")
}

fail := tools.failure(denied, "unowned tool", configured) if count(denied) > 0

unknown := $"Whether a package owns {text.names(tools.paths(perhaps))} is not known." if {
	count(denied) == 0
	perhaps := [tool | some tool in candidates; not is_boolean(tool.owned)]
	count(perhaps) > 0
}
