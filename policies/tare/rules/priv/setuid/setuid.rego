# METADATA
# title: Setuid or setgid programs
# description: Programs run with the rights of their owner or group, whoever starts them.
# related_resources:
#   - https://www.cisecurity.org/benchmark/docker
#   - https://attack.mitre.org/techniques/T1548/001/
#   - https://man7.org/linux/man-pages/man7/inode.7.html
# custom:
#   id: TARE-PRIV-001
#   severity: medium
#   theme: PRIV
#   action: cleanup
#   rationale: >-
#     A flaw in one of them lets any user become root (ATT&CK T1548.001), unless the container is started with no-new-privileges. CIS Docker
#     Benchmark 4.8 asks to remove the bits, so max is 0. A Debian 12 with Apache contains nine such programs (su, mount, passwd and
#     others), none of which a service needs. Files that nobody may execute do
#     not count, nor does setgid without the right of the group to execute: it is for locks there. Medium, because an attack needs a second flaw, and the benchmark lists it at level 2.
#   remediation: >-
#     Remove the bits in the Dockerfile, in the stage that becomes the image: RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +; or
#     use a base without such programs.
#   controls:
#     cis-docker: ["4.8", "5.26"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["privilege-escalation", "image-misconfigurations"]
#   since: 0.1.0
package tare.rules.priv.setuid

import data.tare.lib.bases
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-PRIV-001"

configured := settings.of(id)

needs := {"privileged"}

found := [item |
	some item in input.privileged
	count(item.mode) == 4
	raises(split(item.mode, ""))
	not allowed(item.path)
]

executes := {"1", "3", "5", "7"}

# Setuid, where somebody may execute the file.
raises(digits) if {
	digits[0] in {"4", "5", "6", "7"}
	some right in array.slice(digits, 1, 4)
	right in executes
}

# Setgid, where its group may: otherwise the kernel takes the bit for mandatory locking.
raises(digits) if {
	digits[0] in {"2", "3", "6", "7"}
	digits[2] in executes
}

allowed(path) if {
	some pattern in configured.allowed
	bases.fits(path, pattern)
}

fail := {
	"message": $"{text.number(count(found), "setuid or setgid program")}: {paths}{text.brought(found)}.",
	"evidence": {
		"found": count(found),
		"allowed": configured.max,
		"origin": text.origin(found),
		"identity": {item.path | some item in found},
		"items": array.slice(found, 0, 50),
	},
} if {
	count(found) > configured.max
	paths := text.names([item.path | some item in found])
}
