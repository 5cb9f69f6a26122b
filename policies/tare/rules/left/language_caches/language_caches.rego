# METADATA
# title: Caches of language package managers
# description: Downloads of pip, npm, Maven and the like were left behind.
# related_resources:
#   - https://docs.docker.com/build/cache/optimize/#use-cache-mounts
#   - https://github.com/hadolint/hadolint/wiki/DL3042
# custom:
#   id: TARE-LEFT-002
#   severity: medium
#   theme: LEFT
#   action: cleanup
#   rationale: >-
#     The installed files are elsewhere; the cache is a second copy of everything that was ever downloaded: a Maven repository or an npm
#     cache has hundreds of megabytes. The first 1 MB is allowed: package managers leave indexes and logs. Medium, because it is the largest
#     of all leftovers, and only builds write it; hadolint warns (DL3042).
#   remediation: >-
#     Mount caches (RUN --mount=type=cache,target=/root/.m2 mvn package), use pip install --no-cache-dir and npm ci && npm cache clean
#     --force, or build in stages.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.left.language_caches

import data.tare.lib.leftovers
import data.tare.lib.settings

id := "TARE-LEFT-002"

configured := settings.of(id)

needs := {"leftovers"}

found := leftovers.of(configured)

fail := leftovers.failure(found, "caches", configured) if {
	leftovers.bytes(found) > configured.maxBytes
}
