# METADATA
# title: Multi-call binary with a banned applet
# description: A multi-call binary such as busybox contains a banned command, with or without a link of that name.
# related_resources:
#   - https://busybox.net/downloads/BusyBox.html
#   - https://attack.mitre.org/techniques/T1105/
# custom:
#   id: TARE-TOOL-014
#   severity: medium
#   theme: TOOL
#   action: base
#   rationale: >-
#     busybox wget works without a link named wget, so removing links removes nothing. Only what reaches the network or opens a port counts
#     here; shells, editors and the rest have rules of their own, which count applets too. Medium, like other download and network tools
#     (TARE-TOOL-004 and 005).
#   remediation: >-
#     Use a base without busybox (FROM gcr.io/distroless/static), or a busybox that was built without these applets: CONFIG_WGET=n,
#     CONFIG_NC=n.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.tool.applet

import data.tare.lib.settings
import data.tare.lib.text
import data.tare.lib.tools

id := "TARE-TOOL-014"

configured := settings.of(id)

needs := {"tools"}

denied := [tool |
	some tool in input.tools
	tool.kind == "applet"
	tool.name in configured.denied
]

names := sort({tool.name | some tool in denied})

binaries := sort({via | some tool in denied; via := tools.binary(tool)})

fail := {
	"message": $"Can run {text.names(names)}, through {concat(", ", binaries)}{text.brought(denied)}.",
	"evidence": {
		"found": names,
		"allowed": "applets other than the denied ones",
		"origin": text.origin(denied),
		"identity": {tool.name | some tool in denied},
		"items": array.slice([tools.item(tool) | some tool in denied], 0, 50),
	},
} if {
	count(denied) > 0
}
