# METADATA
# title: Working directory is relative or a system directory
# description: The working directory is relative, or belongs to the system.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#workdir
#   - https://github.com/hadolint/hadolint/wiki/DL3000
# custom:
#   id: TARE-USER-007
#   severity: low
#   theme: USER
#   action: configuration
#   rationale: >-
#     A relative directory depends on the base, and breaks when the base changes (hadolint DL3000, an error). In a system directory the
#     application's files mix with the distribution's, and a process that writes to its working directory needs rights it should not have.
#     Low, because it is a matter of order; TARE-USER-011 reports what can be written.
#   remediation: >-
#     Give the application a directory of its own: WORKDIR /app.
#   controls:
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["immutable-file-systems"]
#   since: 0.1.0
package tare.rules.user.workdir

import data.tare.lib.settings

id := "TARE-USER-007"

configured := settings.of(id)

directory := input.image.config.workingDir

not_applicable := "Windows has no such directories." if {
	input.image.platform.os == "windows"
} else := "No working directory is configured." if {
	not stated
}

stated if {
	is_string(directory)
	directory != ""
}

reason := $"{directory} is relative." if {
	stated
	not startswith(directory, "/")
} else := $"{directory} belongs to the system." if {
	stated
	trim_right(directory, "/") in configured.denied
}

fail := {
	"message": $"The working directory {reason}",
	"evidence": {"found": directory, "allowed": "an absolute directory of the application's own", "identity": [directory]},
} if {
	is_string(reason)
}
