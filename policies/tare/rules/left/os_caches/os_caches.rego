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
#   action: cleanup
#   rationale: >-
#     Lists and archives are only needed for the next install: apt-get update leaves 87 MB of lists and 80 MB of caches on Debian 12, some
#     20 MB where lists are kept compressed, as Docker's Debian images do (all measured). The first 1 MB is allowed: Debian's base has 0.55
#     MB of backups of its database, AlmaLinux micro 0.03 MB. Low, because it only costs space; hadolint calls it info (DL3009).
#   remediation: >-
#     Remove them in the RUN that installs: apt-get install -y … && rm -rf /var/lib/apt/lists/*, apk add --no-cache …, dnf install -y … &&
#     dnf clean all; or mount a cache: RUN --mount=type=cache,target=/var/cache/apt ….
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
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
