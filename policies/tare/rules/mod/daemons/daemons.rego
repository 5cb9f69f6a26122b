# METADATA
# title: More than one daemon
# description: Programs of several services are in one image.
# related_resources:
#   - https://docs.docker.com/engine/containers/multi-service_container/
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: TARE-MOD-002
#   severity: low
#   theme: MOD
#   action: install
#   rationale: >-
#     Services in one container are updated, scaled and taken over together: Docker's documentation recommends one concern per container, so
#     max is 1. Daemons that come with the base of a distribution (cron, syslog, and those in busybox) are allowed. Low, because a daemon
#     that is installed need not run.
#   remediation: >-
#     Build one image per service: split the Dockerfile, and run both containers in one pod or compose project.
#   controls:
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.mod.daemons

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-MOD-002"

configured := settings.of(id)

needs := {"services"}

found := sort({service.name |
	some service in input.services
	not service.name in configured.supervisors
	not service.name in configured.ignored
})

fail := {
	"message": $"{count(found)} daemons ({text.names(found)}); the limit is {configured.max}.",
	"evidence": {"found": count(found), "allowed": configured.max, "identity": found, "items": found},
} if {
	count(found) > configured.max
}
