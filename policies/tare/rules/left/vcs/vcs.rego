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
#   action: cleanup
#   rationale: >-
#     A .git directory holds every version of every file, including secrets that were removed since, and the addresses of the authors;
#     maxBytes is 0, since one is too many. Medium, because it is not known whether anything in it is secret, but whoever can pull the image
#     can read it (NIST SP 800-190, 3.1.4).
#   remediation: >-
#     Put .git, .idea and .vscode into .dockerignore, and copy only what is needed: COPY src/ src/ instead of COPY . ..
#   controls:
#     cis-docker: ["4.10"]
#     nist-800-190: ["3.1.2", "3.1.4", "4.1.2", "4.1.4"]
#     kubernetes-hardening: ["secrets", "remove-unused"]
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
