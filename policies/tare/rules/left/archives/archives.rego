# METADATA
# title: Archives, dumps and backups
# description: Packed files, dumps and copies that editors and package managers kept.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
#   - https://attack.mitre.org/techniques/T1552/001/
# custom:
#   id: TARE-LEFT-007
#   severity: low
#   theme: LEFT
#   action: cleanup
#   rationale: >-
#     An archive is usually there twice: packed and unpacked. Dumps hold memory, with all the secrets in it (ATT&CK T1552.001). The first 1
#     MB is allowed: programs ship small archives as data. Low, because most of them only cost space.
#   remediation: >-
#     Unpack in the RUN that downloads and remove the archive there (curl -fsSL URL | tar -xz), or let ADD app.tar.gz /app unpack it; delete
#     dumps.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.left.archives

import data.tare.lib.leftovers
import data.tare.lib.settings

id := "TARE-LEFT-007"

configured := settings.of(id)

needs := {"leftovers"}

found := leftovers.of(configured)

fail := leftovers.failure(found, "archives, dumps and backups", configured) if {
	leftovers.bytes(found) > configured.maxBytes
}
