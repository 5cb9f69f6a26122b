# METADATA
# title: Runs as root
# description: The image does not name a user, or names root.
# related_resources:
#   - https://www.cisecurity.org/benchmark/docker
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
#   - https://cwe.mitre.org/data/definitions/250.html
# custom:
#   id: TARE-USER-001
#   severity: high
#   theme: USER
#   action: user
#   rationale: >-
#     A process that leaves the container as root is root on the host, unless user namespaces stand between them. CIS Docker Benchmark 4.1
#     (level 1), NIST SP 800-190, 4.1.2, and Kubernetes' Pod Security Standards (restricted) require another user. High, because the image
#     decides unless somebody says otherwise, and one flaw is enough (CWE-250).
#   remediation: >-
#     Add a user and end the Dockerfile with its number: RUN useradd --uid 10001 app, USER 10001.
#   controls:
#     cis-docker: ["4.1"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["non-root-containers"]
#   since: 0.1.0
package tare.rules.user.root

import data.tare.lib.users

id := "TARE-USER-001"

# Only a name needs the accounts of the image to be understood.
default needs := set()

needs := {"accounts"} if {
	users.name != ""
	not users.numeric
}

not_applicable := "Windows images have no root." if input.image.platform.os == "windows"

fail := {
	"message": reason,
	"evidence": {"found": input.image.config.user, "allowed": "a user other than root"},
}

reason := "No user is configured, so a container runs as root." if {
	users.name == ""
} else := $"The configured user {input.image.config.user} is root." if {
	zero
}

zero if users.name == "root"

zero if {
	users.numeric
	trim(users.name, "0") == ""
}

zero if {
	some account in input.accounts.users
	account.name == users.name
	account.uid == 0
}
