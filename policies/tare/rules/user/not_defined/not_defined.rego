# METADATA
# title: User is not defined
# description: The configured user is not in the image's etc/passwd.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#user
# custom:
#   id: TARE-USER-003
#   severity: medium
#   theme: USER
#   action: user
#   rationale: >-
#     A container of such an image does not start: the runtime looks the name up in the image's own file. Medium, because the image is
#     broken as it is, and people often fix that by starting it as root.
#   remediation: >-
#     Create the user in the image that names it (RUN adduser -D -u 10001 app; with distroless COPY --from=build /etc/passwd /etc/passwd),
#     or give its number: USER 10001.
#   controls:
#     cis-docker: ["4.1"]
#     kubernetes-hardening: ["non-root-containers"]
#   since: 0.1.0
package tare.rules.user.not_defined

import data.tare.lib.facts
import data.tare.lib.users

id := "TARE-USER-003"

needs := {"accounts"}

not_applicable := "No user is configured." if {
	users.name == ""
} else := "The user is a number." if {
	users.numeric
}

fail := {
	"message": $"The configured user {users.name} does not exist in the image.",
	"evidence": {"found": input.image.config.user, "allowed": "a user of etc/passwd"},
} if {
	facts.whole("accounts")
	not users.name in {account.name | some account in input.accounts.users}
}
