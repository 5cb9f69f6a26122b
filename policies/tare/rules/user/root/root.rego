# METADATA
# title: Runs as root
# description: The image does not name a user, or names root.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#user
# custom:
#   id: TARE-USER-001
#   severity: high
#   theme: USER
#   rationale: >-
#     A process that leaves the container as root is root on the host, unless user namespaces stand between them. The image decides what happens
#     where nobody says otherwise.
#   remediation: "Add a user and end the Dockerfile with USER and its number, for example USER 10001."
#   controls:
#     cis-docker: ["4.1"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#   since: 0.1.0
package tare.rules.user.root

id := "TARE-USER-001"

# The part before the group: 0 of 0:0, app of app:staff; empty where none is configured.
user := split(input.image.config.user, ":")[0] if {
	is_string(input.image.config.user)
} else := ""

# Only a name needs the accounts of the image to be understood.
needs := {"accounts"} if {
	named
} else := set()

named if {
	user != ""
	trim(user, "0123456789") != ""
}

not_applicable := "Windows images have no root." if input.image.platform.os == "windows"

fail := {
	"message": reason,
	"evidence": {"found": input.image.config.user, "allowed": "a user other than root"},
}

reason := "No user is configured, so a container runs as root." if {
	user == ""
} else := sprintf("The configured user %s is root.", [input.image.config.user]) if {
	zero
}

zero if user == "root"

zero if {
	user != ""
	trim(user, "0") == ""
}

zero if {
	some account in input.accounts.users
	account.name == user
	account.uid == 0
}
