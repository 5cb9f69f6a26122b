# METADATA
# title: Temporary files and logs
# description: Files of the build are in temporary, log and spool directories.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
#   - https://attack.mitre.org/techniques/T1552/003/
# custom:
#   id: TARE-LEFT-003
#   severity: low
#   theme: LEFT
#   action: cleanup
#   rationale: >-
#     The application does not need them, and they show how, where and by whom the image was built; shell histories hold commands with
#     passwords (ATT&CK T1552.003). The first 100 kB are allowed: package managers log each installation, 41 kB on a Debian 12 with Apache
#     (measured). Low, because TARE-SECRET-002 reports secrets in them.
#   remediation: >-
#     Remove them in the RUN that creates them (rm -rf /tmp/* /var/log/*), or mount /tmp: RUN --mount=type=tmpfs,target=/tmp ….
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.left.temporary

import data.tare.lib.leftovers
import data.tare.lib.settings

id := "TARE-LEFT-003"

configured := settings.of(id)

needs := {"leftovers"}

found := leftovers.of(configured)

fail := leftovers.failure(found, "temporary files and logs", configured) if {
	leftovers.bytes(found) > configured.maxBytes
}
