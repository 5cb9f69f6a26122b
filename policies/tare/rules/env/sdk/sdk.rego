# METADATA
# title: SDK where a runtime is enough
# description: The image contains a development kit, not only the runtime.
# related_resources:
#   - https://docs.docker.com/build/building/multi-stage/
#   - https://packages.debian.org/bookworm/openjdk-17-jdk-headless
#   - https://attack.mitre.org/techniques/T1027/004/
# custom:
#   id: TARE-ENV-005
#   severity: low
#   theme: ENV
#   action: base
#   rationale: >-
#     Debian 12's openjdk-17-jre-headless takes 193 MB and the JDK 79 MB more, Go's toolchain 343 MB, gcc 70 MB (Installed-Size), and a
#     compiler helps an intruder. A kit is recognised by programs that only kits contain. Low, because this rule is about size;
#     TARE-TOOL-007 is about what the programs can do.
#   remediation: >-
#     Run on the runtime variant of the base (FROM eclipse-temurin:21-jre, mcr.microsoft.com/dotnet/aspnet:9.0), or copy the built program
#     into one: COPY --from=build /out/api /api.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
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
	"message": $"Holds: {concat(", ", found)}.",
	"evidence": {"found": found, "allowed": "runtimes", "identity": found},
} if {
	count(found) > 0
}
