# METADATA
# title: Documentation and translations
# description: Manuals, documentation and locales nobody reads in a container.
# related_resources:
#   - https://wiki.debian.org/ReduceDebian
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: TARE-LEFT-004
#   severity: note
#   theme: LEFT
#   rationale: >-
#     Nobody opens a manual in a container. Debian's slim images leave them out and are some 40 % smaller than the full ones.
#     Licences do not count: they have to stay. The first 5 MB are let through.
#   remediation: >-
#     Build on a slim base, or exclude them from installation (dpkg path-exclude, dnf tsflags=nodocs).
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2"]
#     kubernetes-hardening: ["image-minimal"]
#   since: 0.1.0
package tare.rules.left.documentation

import data.tare.lib.leftovers
import data.tare.lib.settings

id := "TARE-LEFT-004"

configured := settings.of(id)

needs := {"leftovers"}

found := leftovers.of(configured)

fail := leftovers.failure(found, "documentation and locales", configured) if {
	leftovers.bytes(found) > configured.maxBytes
}
