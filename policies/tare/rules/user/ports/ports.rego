# METADATA
# title: Privileged or remote access port
# description: The image exposes a port below 1024, or one of remote access.
# related_resources:
#   - https://docs.kernel.org/networking/ip-sysctl.html
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-USER-005
#   severity: medium
#   theme: USER
#   rationale: >-
#     Ports below 1024 need a capability, which is why such images run as root. An exposed SSH, Telnet, RDP, VNC or Docker port means
#     a way in around the platform. 1024 is where the kernel's unprivileged ports begin.
#   remediation: >-
#     Listen above 1023 and let the platform map the port; leave remote access to the platform.
#   controls:
#     cis-docker: ["5.8"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["least-ports"]
#   since: 0.1.0
package tare.rules.user.ports

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-USER-005"

configured := settings.of(id)

# 8080/tcp, 53/udp, 8080, 8000-8010/tcp: the first number.
number(port) := to_number(split(split(port, "/")[0], "-")[0])

denied := [port |
	some port in input.image.config.exposedPorts
	not port in configured.allowed
	refused(number(port))
]

refused(n) if n < configured.minPort

refused(n) if n in configured.denied

fail := {
	"message": sprintf("Exposes %s; ports from %v on are allowed, but for remote access.", [text.names(denied), configured.minPort]),
	"evidence": {
		"found": denied,
		"allowed": configured.allowed,
		"minPort": configured.minPort,
		"identity": denied,
	},
} if {
	count(denied) > 0
}
