# METADATA
# title: Passwordless sudo
# description: A user may become root without a password.
# related_resources:
#   - https://www.sudo.ws/docs/man/sudoers.man/
#   - https://github.com/hadolint/hadolint/wiki/DL3004
#   - https://attack.mitre.org/techniques/T1548/003/
# custom:
#   id: TARE-PRIV-003
#   severity: high
#   theme: PRIV
#   action: install
#   rationale: >-
#     A user that may run anything as root is root, whatever the USER line says. High, like running as root (TARE-USER-001); hadolint calls
#     sudo an error (DL3004). It is recognised in the history, because the contents of sudoers are not among the facts; an image with sudo
#     whose history says nothing of it is unknown.
#   remediation: >-
#     Leave sudo out, and do what needs root during the build, before USER 10001.
#   controls:
#     cis-docker: ["4.1", "5.26"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["privilege-escalation", "non-root-containers"]
#   since: 0.1.0
package tare.rules.priv.passwordless_sudo

import data.tare.lib.facts
import data.tare.lib.history
import data.tare.lib.settings

id := "TARE-PRIV-003"

configured := settings.of(id)

needs := {"tools"}

present := [tool.path | some tool in input.tools; tool.name == "sudo"]

not_applicable := "There is no sudo." if {
	count(present) == 0
	facts.whole("tools")
}

granting := [step |
	some step in steps
	some phrase in configured.phrases
	contains(step.text, phrase)
]

# Steps of the base count too: what they grant is granted here.
steps := [{"text": step.createdBy, "layer": step.layer, "inBase": null} |
	some step in input.image.history
	is_string(step.createdBy)
]

unknown := "There is sudo, and what it grants is not among the facts." if {
	count(present) > 0
	count(granting) == 0
}

fail := {
	"message": $"Program {concat(", ", present)} needs no password: a build step says NOPASSWD.",
	"evidence": {"found": present, "allowed": [], "items": history.items(granting)},
} if {
	count(present) > 0
	count(granting) > 0
}
