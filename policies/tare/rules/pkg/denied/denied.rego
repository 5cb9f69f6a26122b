# METADATA
# title: Denied package
# description: An installed package is on the list of denied packages.
# related_resources:
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
#   - https://www.cisecurity.org/benchmark/docker
# custom:
#   id: TARE-PKG-002
#   severity: medium
#   theme: PKG
#   action: install
#   rationale: >-
#     Servers for remote login, clear-text protocols and attack tools do not belong in a container: access goes through the orchestrator.
#     NIST SP 800-190, 4.1.2, wants SSH and other remote administration tools never enabled in containers; CIS Docker Benchmark 5.7 says not
#     to run sshd. The list is short on purpose; tools have rules of their own. Medium, because an installed package need not run;
#     TARE-TOOL-006 reports the program itself.
#   remediation: >-
#     Do not install it (apt-get purge openssh-server in the RUN that installs it); if a dependency installs it, choose another. Use kubectl
#     exec or docker exec instead of SSH.
#   controls:
#     cis-docker: ["4.3", "5.7"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.pkg.denied

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-PKG-002"

configured := settings.of(id)

needs := {"packages.count"}

found := [item |
	some item in input.packages.items
	names[item.name]
]

names contains name if some name in configured.denied

fail := {
	"message": $"Installed: {text.names(sort({item.name | some item in found}))}{text.brought(found)}.",
	"evidence": {
		"found": sort({item.name | some item in found}),
		"allowed": "packages other than the denied ones",
		"origin": text.origin(found),
		"identity": {item.name | some item in found},
		"items": array.slice(found, 0, 50),
	},
} if {
	count(found) > 0
}
