# METADATA
# title: Sensitive volume
# description: The image declares a volume over a system directory or the socket of a container engine.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#volume
#   - https://www.cisecurity.org/benchmark/docker
#   - https://attack.mitre.org/techniques/T1611/
# custom:
#   id: TARE-STATE-001
#   severity: high
#   theme: STATE
#   action: configuration
#   rationale: >-
#     A volume over /etc or /usr takes programs and accounts out of the image's control, and one over the socket of an engine gives away the
#     host (ATT&CK T1611). CIS Docker Benchmark 5.6 names the directories, 5.32 the socket. High, because a container that is started the
#     way the image says is open to attack.
#   remediation: >-
#     Remove the VOLUME line, and mount what is needed read-only where the container is started: docker run -v ./app.conf:/etc/app.conf:ro.
#   controls:
#     cis-docker: ["5.6", "5.32"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["immutable-file-systems", "privilege-escalation"]
#   since: 0.1.0
package tare.rules.state.sensitive_volume

import data.tare.lib.settings

id := "TARE-STATE-001"

configured := settings.of(id)

sensitive := sort([volume |
	some volume in input.image.config.volumes
	path(volume) in configured.denied
])

path("/") := "/"

path(volume) := trim_right(volume, "/") if volume != "/"

fail := {
	"message": $"Declares volumes over {concat(", ", sensitive)}.",
	"evidence": {"found": sensitive, "allowed": "directories of the application's own", "identity": sensitive},
} if {
	count(sensitive) > 0
}
