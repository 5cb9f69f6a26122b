# METADATA
# title: Unsafe environment
# description: A variable lets a directory decide which code runs.
# related_resources:
#   - https://man7.org/linux/man-pages/man8/ld.so.8.html
#   - https://cwe.mitre.org/data/definitions/426.html
#   - https://attack.mitre.org/techniques/T1574/006/
# custom:
#   id: TARE-USER-010
#   severity: medium
#   theme: USER
#   action: configuration
#   rationale: >-
#     LD_PRELOAD loads code into every program (ATT&CK T1574.006); a relative or empty entry of PATH or LD_LIBRARY_PATH means the current
#     directory, and a directory that everybody may write to is open to anybody: whoever can write there decides what runs (CWE-426).
#     Medium, because an attacker must be able to write in the container first.
#   remediation: >-
#     Remove the variable, or name absolute directories that only root may write to: ENV PATH=/app/bin:/usr/bin instead of PATH=.:$PATH.
#   controls:
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["privilege-escalation"]
#   since: 0.1.0
package tare.rules.user.environment

import data.tare.lib.settings

id := "TARE-USER-010"

configured := settings.of(id)

unsafe contains {"name": variable.name, "why": "is set"} if {
	some variable in variables
	variable.name in configured.denied
	is_string(variable.value)
	variable.value != ""
}

unsafe contains {"name": variable.name, "why": why} if {
	some variable in variables
	variable.name in configured.paths
	is_string(variable.value)
	variable.value != ""
	some entry in split(variable.value, ":")
	why := flaw(entry)
}

variables := [variable |
	some variable in input.image.config.env
	input.image.platform.os != "windows"
	not variable.name in configured.allowed
]

flaw(entry) := "has an empty entry, which is the current directory" if {
	entry == ""
} else := $"has the entry {entry}, which everybody may write to" if {
	some directory in configured.writable
	within(entry, directory)
} else := $"has the relative entry {entry}" if {
	not startswith(entry, "/")
	not startswith(entry, "$")
}

within(entry, directory) if entry == directory

within(entry, directory) if startswith(entry, concat("", [directory, "/"]))

found := sort([$"{item.name} {item.why}" | some item in unsafe])

fail := {
	"message": $"Variable {concat("; ", array.slice(found, 0, 5))}.",
	"evidence": {"found": found, "allowed": "absolute directories, no preloading", "identity": {item.name | some item in unsafe}},
} if {
	count(found) > 0
}
