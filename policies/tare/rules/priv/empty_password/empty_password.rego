# METADATA
# title: Account without a password
# description: The password of an account is empty, so that nobody is asked for one.
# related_resources:
#   - https://nvd.nist.gov/vuln/detail/CVE-2019-5021
#   - https://alpinelinux.org/posts/Docker-image-vulnerability-CVE-2019-5021.html
#   - https://attack.mitre.org/techniques/T1078/003/
# custom:
#   id: TARE-PRIV-004
#   severity: high
#   theme: PRIV
#   action: configuration
#   rationale: >-
#     Whoever runs anything in the container becomes this account with su, or logs in as it where a service asks PAM or the shadow file
#     (ATT&CK T1078.003). Alpine's images had such a root from 3.3 to 3.9 (CVE-2019-5021). An account that nobody may log in to has * or !
#     there instead. High, because an empty password of root gives the container away without a flaw.
#   remediation: >-
#     Lock it where the image is built: RUN sed -i 's/^root::/root:!:/' /etc/shadow, or passwd -l root; or take a base without it (Alpine
#     3.10 or later).
#   controls:
#     cis-docker: ["4.1"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["privilege-escalation", "image-misconfigurations"]
#   since: 0.1.0
package tare.rules.priv.empty_password

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-PRIV-004"

configured := settings.of(id)

needs := {"accounts"}

found := [user.name |
	some user in input.accounts.users
	user.passwordEmpty == true
	not user.name in configured.allowed
]

fail := {
	"message": $"{text.number(count(found), "account")} without a password: {text.names(found)}.",
	"evidence": {
		"found": found,
		"allowed": configured.allowed,
		"identity": {name | some name in found},
		"items": [{"account": name} | some name in array.slice(found, 0, 50)],
	},
} if {
	count(found) > 0
}

unknown := "What etc/shadow says of passwords is not known." if {
	count(found) == 0
	some user in input.accounts.users
	not is_boolean(user.passwordEmpty)
}
