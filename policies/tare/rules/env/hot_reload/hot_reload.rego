# METADATA
# title: Hot reload
# description: The image starts its application through a tool that restarts it when files change.
# related_resources:
#   - https://www.uvicorn.org/deployment/
#   - https://cwe.mitre.org/data/definitions/489.html
# custom:
#   id: TARE-ENV-003
#   severity: medium
#   theme: ENV
#   action: configuration
#   rationale: >-
#     Reloaders watch the file system, run as the parent of the application, and their own documentation says not to use them in production.
#     What counts is what the image starts, not what is installed. Medium, like other debug code (TARE-ENV-002, CWE-489): whoever can write
#     a file decides what runs.
#   remediation: >-
#     Start the application itself: CMD ["uvicorn", "app:app"] without --reload, CMD ["node", "server.js"] instead of nodemon.
#   controls:
#     nist-800-190: ["3.1.2", "4.1.2"]
#   since: 0.1.0
package tare.rules.env.hot_reload

import data.tare.lib.settings

id := "TARE-ENV-003"

configured := settings.of(id)

command := concat(" ", array.concat(input.image.config.entrypoint, input.image.config.cmd))

words := [word | some word in split(command, " "); word != ""]

found contains program if {
	some word in words
	parts := split(word, "/")
	program := parts[count(parts) - 1]
	program in configured.programs
}

found contains option if {
	some option in words
	option in configured.options
}

found contains phrase if {
	some phrase in configured.phrases
	contains(concat("", [" ", command, " "]), phrase)
}

fail := {
	"message": $"Starts with {concat(", ", sort(found))}.",
	"evidence": {"found": command, "allowed": "the application itself", "identity": found},
} if {
	count(found) > 0
}
