# METADATA
# title: OS package caches
# description: Package lists and downloaded packages were left behind.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
#   - https://github.com/hadolint/hadolint/wiki/DL3009
# custom:
#   id: TARE-LEFT-001
#   severity: low
#   theme: LEFT
#   rationale: >-
#     Lists and archives serve the next install only; apt-get update alone leaves some 20 MB (Debian 12 main). The first megabyte is
#     let through: distributions ship small state files.
#   remediation: >-
#     Remove them in the RUN that installs: rm -rf /var/lib/apt/lists/*, apk add --no-cache, dnf clean all; or mount a cache.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2"]
#     kubernetes-hardening: ["image-minimal"]
#   since: 0.1.0
package tare.rules.left.os_caches

import data.tare.lib.leftovers
import data.tare.lib.settings

id := "TARE-LEFT-001"

configured := settings.of(id)

needs := {"leftovers"}

found := leftovers.of(configured)

fail := leftovers.failure(found, "package lists and archives", configured) if {
	leftovers.bytes(found) > configured.maxBytes
}
