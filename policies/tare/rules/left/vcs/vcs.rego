# METADATA
# title: Version control and IDE files
# description: A repository or the settings of an editor were copied in.
# related_resources:
#   - https://docs.docker.com/build/concepts/context/#dockerignore-files
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-LEFT-005
#   severity: medium
#   theme: LEFT
#   rationale: >-
#     A .git directory holds every version of every file, with secrets that were removed since, and the addresses of those who wrote
#     them. One is enough to fail.
#   remediation: >-
#     Put .git, .idea and .vscode into .dockerignore, and copy what is needed instead of everything.
#   controls:
#     cis-docker: ["4.10"]
#     nist-800-190: ["3.1.4", "3.1.2"]
#     kubernetes-hardening: ["secrets", "image-minimal"]
#   since: 0.1.0
package tare.rules.left.vcs

import data.tare.lib.leftovers
import data.tare.lib.settings

id := "TARE-LEFT-005"

configured := settings.of(id)

needs := {"leftovers"}

found := leftovers.of(configured)

fail := leftovers.failure(found, "version control and IDE files", configured) if {
	count(found) > 0
	leftovers.bytes(found) >= configured.maxBytes
}
