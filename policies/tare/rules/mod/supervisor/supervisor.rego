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
#   action: install
#   rationale: >-
#     A supervisor hides from the orchestrator that a process died, restarts it silently, and is a sign of several services in one
#     container. Medium, because health, logs and limits of the container then say little about the services in it; Docker's documentation
#     reserves it for cases where nothing else works.
#   remediation: >-
#     Run one service per container, started directly: CMD ["nginx", "-g", "daemon off;"]; let the orchestrator restart it. To reap zombies,
#     docker run --init or tini is enough.
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
