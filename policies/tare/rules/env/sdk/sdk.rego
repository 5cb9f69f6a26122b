# METADATA
# title: SDK where a runtime serves
# description: A development kit is in the image beside what the application runs on.
# related_resources:
#   - https://docs.docker.com/build/building/multi-stage/
#   - https://hub.docker.com/_/eclipse-temurin
# custom:
#   id: TARE-ENV-005
#   severity: low
#   theme: ENV
#   rationale: >-
#     A JDK is some 300 MB and a JRE 150, the .NET SDK 800 MB and its runtime 200; the compiler in it serves an intruder. A kit is
#     told by programs that only kits hold.
#   remediation: >-
#     Run on the runtime variant of the base (jre, runtime, alpine without -dev), or copy the built program into one.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2"]
#     kubernetes-hardening: ["image-minimal"]
#   since: 0.1.0
package tare.rules.env.sdk

import data.tare.lib.settings

id := "TARE-ENV-005"

configured := settings.of(id)

needs := {"tools"}

found := sort({kit |
	some kit, programs in configured.kits
	some tool in input.tools
	tool.name in programs
	not used(tool)
})

used(tool) if {
	configured.allowUsedByEntrypoint
	tool.usedByEntrypoint
}

fail := {
	"message": sprintf("Holds: %s.", [concat(", ", found)]),
	"evidence": {"found": found, "allowed": "runtimes", "identity": found},
} if {
	count(found) > 0
}
