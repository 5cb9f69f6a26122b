# METADATA
# title: Documentation and translations
# description: Manuals, documentation and locales that nobody reads in a container.
# related_resources:
#   - https://wiki.debian.org/ReduceDebian
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: TARE-LEFT-004
#   severity: note
#   theme: LEFT
#   action: cleanup
#   rationale: >-
#     Nobody opens a manual in a container. Debian 12's minimal base weighs 66 MB compressed with documentation and translations and 42 MB
#     without (measured). Licences do not count: they have to stay. The first 5 MB are allowed; minimal bases have less than 0.5 MB. A note,
#     because nobody runs these files.
#   remediation: >-
#     Build on a slim base (FROM debian:12-slim), or exclude them when installing: echo 'path-exclude /usr/share/doc/*' >
#     /etc/dpkg/dpkg.cfg.d/nodoc, dnf install --setopt=tsflags=nodocs ….
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
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
