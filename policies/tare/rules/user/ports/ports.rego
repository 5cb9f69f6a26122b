# METADATA
# title: Privileged or remote access port
# description: The image exposes a port below 1024, or one for remote access.
# related_resources:
#   - https://docs.kernel.org/networking/ip-sysctl.html
#   - https://www.cisecurity.org/benchmark/docker
#   - https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF
# custom:
#   id: TARE-USER-005
#   severity: medium
#   theme: USER
#   action: configuration
#   rationale: >-
#     An exposed SSH, Telnet, RDP, VNC or Docker port is a way in that bypasses the platform. Below 1024, where the kernel's unprivileged
#     ports begin, a capability is needed unless the engine says otherwise, which is why such images run as root; CIS Docker Benchmark 5.8
#     says not to map privileged ports. Medium, because EXPOSE opens nothing by itself.
#   remediation: >-
#     Listen above 1023 and let the platform map the port: EXPOSE 8080, docker run -p 80:8080; leave remote access to the platform.
#   controls:
#     cis-docker: ["5.8"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["image-misconfigurations"]
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
	"message": $"Exposes {text.names(denied)}; ports from {configured.minPort} on are allowed, except those for remote access.",
	"evidence": {
		"found": denied,
		"allowed": configured.allowed,
		"minPort": configured.minPort,
		"identity": denied,
	},
} if {
	count(denied) > 0
}
