# METADATA
# title: No health check
# description: The image does not say how to check whether it works.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#healthcheck
#   - https://www.cisecurity.org/benchmark/docker
#   - https://github.com/hadolint/hadolint/wiki/DL3057
# custom:
#   id: TARE-USER-004
#   severity: note
#   theme: USER
#   action: configuration
#   rationale: >-
#     CIS Docker Benchmark 4.6 asks for one, and Docker and Swarm act on it. Kubernetes ignores it and has probes of its own, so this is a
#     note and makes no image fail; hadolint ignores it by default too (DL3057).
#   remediation: >-
#     Add one, with a subcommand of the application instead of curl: HEALTHCHECK CMD ["/app", "health"].
#   controls:
#     cis-docker: ["4.6", "5.27"]
#   since: 0.1.0
package tare.rules.user.no_healthcheck

id := "TARE-USER-004"

fail := {
	"message": "No health check is configured.",
	"evidence": {"found": input.image.config.healthcheck, "allowed": "a health check"},
} if {
	not checked
}

checked if {
	count(input.image.config.healthcheck) > 0
	input.image.config.healthcheck[0] != "NONE"
}
