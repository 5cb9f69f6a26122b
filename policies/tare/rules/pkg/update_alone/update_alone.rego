# METADATA
# title: Update alone in a step
# description: Package lists are fetched in a step of their own.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
#   - https://www.cisecurity.org/benchmark/docker
#   - https://github.com/stackrox/stackrox/tree/master/pkg/defaults/policies/files
# custom:
#   id: TARE-PKG-008
#   severity: low
#   theme: PKG
#   action: install
#   rationale: >-
#     The layer cache keeps the step: the next build installs from last month's lists, without the fixes since then. CIS Docker Benchmark
#     4.7 asks for update and install in one step. Low, because a build without the cache fixes it; StackRox gives it the same severity.
#     Builders that use no Dockerfile leave no steps in the history, and nobody can add them to a finished image: there the rule is unknown,
#     as a note.
#   remediation: >-
#     Update and install in one RUN, and remove the lists there: RUN apt-get update && apt-get install -y nginx && rm -rf
#     /var/lib/apt/lists/*.
#   controls:
#     cis-docker: ["4.7"]
#     nist-800-190: ["3.1.1", "4.1.1"]
#   since: 0.1.0
package tare.rules.pkg.update_alone

import data.tare.lib.history

id := "TARE-PKG-008"

needs := {"image.history"}

unknown := history.silent

alone := [entry.step |
	some entry in history.parsed
	some words in entry.commands
	updates(words)
	count([1 | some other in entry.commands; uses(other)]) == 0
]

updates(words) if {
	some i, word in words
	word in {"apt-get", "apt", "apk", "zypper", "aptitude"}
	some verb in array.slice(words, i + 1, count(words))
	verb in {"update", "refresh"}
}

uses(words) if {
	some word in words
	word in {"install", "add", "upgrade", "dist-upgrade", "full-upgrade", "build-dep", "download", "source", "satisfy"}
}

fail := {
	"message": $"{sentence} package lists and installs nothing.",
	"evidence": {"found": count(alone), "allowed": 0, "items": history.items(alone)},
} if {
	count(alone) > 0
}

sentence := "1 step fetches" if {
	count(alone) == 1
} else := $"Each of {count(alone)} steps fetches"
