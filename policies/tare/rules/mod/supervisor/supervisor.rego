# METADATA
# title: Process supervisor
# description: A supervisor that starts other processes is in the image.
# related_resources:
#   - https://docs.docker.com/engine/containers/multi-service_container/
#   - https://12factor.net/concurrency
# custom:
#   id: TARE-MOD-001
#   severity: medium
#   theme: MOD
#   rationale: >-
#     A supervisor hides from the orchestrator that a process died, restarts it without a word, and is the sign of several services in one
#     container. Medium, because health, logs and limits of the container then say little of the services in it; Docker's documentation
#     keeps it for where nothing else serves.
#   remediation: >-
#     One service a container, started directly: CMD ["nginx", "-g", "daemon off;"]; let the orchestrator restart it. For reaping zombies
#     docker run --init or tini serves.
#   controls:
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.mod.supervisor

import data.tare.lib.settings

id := "TARE-MOD-001"

configured := settings.of(id)

needs := {"services"}

found := sort({service.name |
	some service in input.services
	service.name in configured.supervisors
	not service.name in configured.allowed
})

fail := {
	"message": $"Holds {concat(", ", found)}.",
	"evidence": {"found": found, "allowed": configured.allowed, "identity": found},
} if {
	count(found) > 0
}
