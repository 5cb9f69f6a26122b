# METADATA
# title: Recommended packages installed
# description: A build step installs packages that others merely recommend.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
#   - https://github.com/hadolint/hadolint/wiki/DL3015
#   - https://www.debian.org/doc/debian-policy/ch-relationships.html
# custom:
#   id: TARE-PKG-010
#   severity: low
#   theme: PKG
#   action: install
#   rationale: >-
#     apt installs recommended packages unless told otherwise; they are for a full system (Debian Policy, 7.2): git alone brings an SSH
#     client, less and patch that way. Low, because it only costs space; hadolint calls it info (DL3015). Builders that use no Dockerfile
#     leave no steps in the history, and nobody can add them to a finished image: there the rule is unknown, as a note.
#   remediation: >-
#     Install with apt-get install -y --no-install-recommends …, or once and for all in the base: echo 'APT::Install-Recommends "false";' >
#     /etc/apt/apt.conf.d/no-recommends.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#   since: 0.1.0
package tare.rules.pkg.recommended

import data.tare.lib.history

id := "TARE-PKG-010"

needs := {"image.history"}

unknown := history.silent

switched_off if {
	some step in input.image.history
	is_string(step.createdBy)
	contains(step.createdBy, "APT::Install-Recommends")
}

steps := sort({installation.step |
	some installation in history.installations
	installation.manager in {"apt-get", "apt"}
	not "--no-install-recommends" in installation.options
	count(installation.packages) > 0
	not contains(installation.step.text, "Install-Recommends")
})

fail := {
	"message": $"{sentence} packages with what they recommend.",
	"evidence": {"found": count(steps), "allowed": 0, "items": history.items(steps)},
} if {
	count(steps) > 0
	not switched_off
}

sentence := "1 step installs" if {
	count(steps) == 1
} else := $"{count(steps)} steps install"
