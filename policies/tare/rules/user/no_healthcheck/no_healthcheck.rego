# METADATA
# title: No health check
# description: The image does not say how to tell whether it works.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#healthcheck
# custom:
#   id: TARE-USER-004
#   severity: note
#   theme: USER
#   rationale: >-
#     Docker restarts what its health check calls unhealthy. Kubernetes ignores it and has probes of its own, so this never makes an
#     image fail.
#   remediation: >-
#     Add HEALTHCHECK CMD ["/app", "health"], with a subcommand of the application instead of curl.
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
