# METADATA
# title: User is not a number
# description: The configured user is a name.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   - https://docs.docker.com/reference/dockerfile/#user
# custom:
#   id: TARE-USER-002
#   severity: low
#   theme: USER
#   action: user
#   rationale: >-
#     Kubernetes cannot verify runAsNonRoot for a name, because only the image knows what it means, and refuses to start the container. Low,
#     because the container is refused, not run.
#   remediation: >-
#     End the Dockerfile with the number: USER 10001 instead of USER app.
#   controls:
#     cis-docker: ["4.1"]
#     kubernetes-hardening: ["non-root-containers"]
#   since: 0.1.0
package tare.rules.user.not_numeric

import data.tare.lib.users

id := "TARE-USER-002"

not_applicable := "No user is configured." if users.name == ""

fail := {
	"message": $"The configured user {users.name} is a name, not a number.",
	"evidence": {"found": input.image.config.user, "allowed": "a number"},
} if {
	not users.numeric
}
