# METADATA
# title: More than one language runtime
# description: Interpreters or virtual machines of several languages are in one image.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
#   - https://attack.mitre.org/techniques/T1059/006/
# custom:
#   id: TARE-MOD-003
#   severity: low
#   theme: MOD
#   action: stages
#   rationale: >-
#     Each runtime is tens of megabytes (Debian 12's JRE takes 193 MB, Installed-Size) and a general tool for an intruder (ATT&CK
#     T1059.006); the second one is usually there for a build script, so max is 1. perl counts only above the base: Debian's base contains
#     it because dpkg needs it. Low, because it may be intended.
#   remediation: >-
#     Build in stages, so that the language of the build stays there; rewrite scripts in the other language. Where both are intended:
#     settings.overrides with TARE-MOD-003: {max: 2}.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.mod.runtimes

import data.tare.lib.settings

id := "TARE-MOD-003"

configured := settings.of(id)

needs := {"tools"}

runtimes := [{"language": language, "inBase": tool.inBase} |
	some tool in input.tools
	tool.category == "runtime"
	some language, names in configured.languages
	some name in names
	is_program(tool.name, name)
]

found := sort({runtime.language |
	some runtime in runtimes
	not perhaps_of_the_base(runtime)
})

possible := sort({runtime.language |
	some runtime in runtimes
	not of_the_base(runtime)
})

# python3.12 and php8.2 are versions of a name.
is_program(tool, name) if trim_right(tool, "0123456789.") == name

of_the_base(runtime) if {
	runtime.language in configured.ignoredInBase
	runtime.inBase == true
}

perhaps_of_the_base(runtime) if {
	runtime.language in configured.ignoredInBase
	runtime.inBase != false
}

fail := {
	"message": $"{count(found)} language runtimes ({concat(", ", found)}); the limit is {configured.max}.",
	"evidence": {"found": count(found), "allowed": configured.max, "identity": found, "items": found},
} if {
	count(found) > configured.max
}

unknown := $"No ancestor of the image is known, so whether {concat(", ", perhaps)} came with the base is not known either." if {
	count(possible) > configured.max
	perhaps := [language | some language in possible; not language in found]
	count(perhaps) > 0
}
