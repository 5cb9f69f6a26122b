# METADATA
# title: File capabilities
# description: Programs get capabilities, whoever starts them.
# related_resources:
#   - https://man7.org/linux/man-pages/man7/capabilities.7.html
#   - https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities
#   - https://www.cisecurity.org/benchmark/docker
# custom:
#   id: TARE-PRIV-002
#   severity: medium
#   theme: PRIV
#   action: cleanup
#   rationale: >-
#     cap_sys_admin or cap_setuid on a file is as good as setuid root. cap_net_bind_service, which lets a service listen below port 1024,
#     and cap_net_raw on ping are both in Docker's default set and no way to become root: they are allowed. Medium, like a setuid program
#     (TARE-PRIV-001); CIS Docker Benchmark 5.4 asks to restrict capabilities.
#   remediation: >-
#     Remove them (RUN setcap -r /usr/bin/tool), and grant capabilities where the container is started: docker run --cap-add NET_ADMIN,
#     securityContext.capabilities.add in Kubernetes.
#   controls:
#     cis-docker: ["5.4", "4.8"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["privilege-escalation", "image-misconfigurations"]
#   since: 0.1.0
package tare.rules.priv.capabilities

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-PRIV-002"

configured := settings.of(id)

needs := {"privileged"}

found := [{"path": item.path, "capabilities": denied, "layer": item.layer, "inBase": item.inBase} |
	some item in input.privileged
	denied := [capability | some capability in item.capabilities; not allowed(capability)]
	count(denied) > 0
	not item.path in configured.paths
]

# cap_net_raw+ep and cap_net_raw=ep are cap_net_raw.
allowed(capability) if split(split(lower(capability), "+")[0], "=")[0] in configured.allowed

fail := {
	"message": $"Program {text.names([$"{item.path} has {concat(" ", item.capabilities)}" | some item in found])}{text.brought(found)}.",
	"evidence": {
		"found": count(found),
		"allowed": configured.allowed,
		"origin": text.origin(found),
		"identity": {item.path | some item in found},
		"items": array.slice(found, 0, 50),
	},
} if {
	count(found) > 0
}
