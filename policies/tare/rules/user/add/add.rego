# METADATA
# title: ADD where COPY is enough
# description: A build step uses ADD where COPY would do.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#add
#   - https://www.cisecurity.org/benchmark/docker
#   - https://github.com/hadolint/hadolint/wiki/DL3020
# custom:
#   id: TARE-USER-006
#   severity: note
#   theme: USER
#   action: configuration
#   rationale: >-
#     ADD also fetches URLs and unpacks archives, so what ends up in the image depends on the name of a file. CIS Docker Benchmark 4.9
#     recommends COPY. Archives, URLs, repositories and the root file system of a base are what ADD is for, and where an old builder shows
#     only a checksum, nobody can tell: those pass. A note, because for plain files both do the same.
#   remediation: >-
#     Use COPY for files and directories of the build context: COPY app.jar /app/ instead of ADD app.jar /app/.
#   controls:
#     cis-docker: ["4.9"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#   since: 0.1.0
package tare.rules.user.add

import data.tare.lib.history
import data.tare.lib.settings

id := "TARE-USER-006"

configured := settings.of(id)

needs := {"image.history"}

unknown := history.silent

steps := [step |
	some step in history.own
	step.layer != 0
	copies(step.text)
]

# BuildKit shows the instruction: ADD app /app # buildkit.
copies(text) if {
	startswith(text, "ADD ")
	sources := array.slice(arguments(text), 0, count(arguments(text)) - 1)
	some source in sources
	not fetched(source)
	not archive(source)
}

# The old builder shows a checksum of a directory, or of several files.
copies(text) if contains(text, "#(nop) ADD dir:")

copies(text) if contains(text, "#(nop) ADD multi:")

arguments(text) := [word |
	some word in array.slice(split(split(text, " # buildkit")[0], " "), 1, 100)
	word != ""
	not startswith(word, "--")
]

fetched(source) if contains(source, "://")

fetched(source) if startswith(source, "git@")

archive(source) if {
	some ending in configured.archives
	endswith(source, ending)
}

fail := {
	"message": $"{sentence} ADD for what COPY does.",
	"evidence": {"found": count(steps), "allowed": 0, "items": history.items(steps)},
} if {
	count(steps) > 0
}

sentence := "1 step uses" if {
	count(steps) == 1
} else := $"{count(steps)} steps use"
