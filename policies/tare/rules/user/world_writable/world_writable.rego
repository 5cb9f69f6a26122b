# METADATA
# title: World-writable files
# description: Anybody may write to files or directories of the image.
# related_resources:
#   - https://cwe.mitre.org/data/definitions/732.html
#   - https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF
# custom:
#   id: TARE-USER-011
#   severity: medium
#   theme: USER
#   action: cleanup
#   rationale: >-
#     A process that was taken over can change what other processes read or run (CWE-732), so max is 0; the Kubernetes Hardening Guide wants
#     images scanned for insecure permissions. Directories with the sticky bit, such as /tmp, are meant to be written and are not among the
#     facts; lock directories of distributions are allowed. Medium, because an attacker needs a process in the container first.
#   remediation: >-
#     chmod o-w in the RUN that makes the file, or COPY --chmod=0644; give files that have to be written to the user that writes them: COPY
#     --chown=10001 data /app/data.
#   controls:
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["immutable-file-systems", "privilege-escalation", "image-misconfigurations"]
#   since: 0.1.0
package tare.rules.user.world_writable

import data.tare.lib.bases
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-USER-011"

configured := settings.of(id)

needs := {"worldWritable"}

found := [item |
	some item in input.worldWritable
	not allowed(item.path)
]

allowed(path) if {
	some pattern in configured.allowed
	bases.fits(path, pattern)
}

fail := {
	"message": $"Everybody may write to {text.names([item.path | some item in found])}.",
	"evidence": {
		"found": count(found),
		"allowed": configured.max,
		"identity": {item.path | some item in array.slice(found, 0, 50)},
		"items": array.slice(found, 0, 50),
	},
} if {
	count(found) > configured.max
}
