# METADATA
# title: Image holds version control
# description: A version control client is in the image.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-009
#   severity: low
#   theme: TOOL
#   rationale: >-
#     It is there to fetch source, which belongs to a build stage, and it brings ssh and perl with it in most distributions.
#   remediation: >-
#     Fetch source in a build stage, or let BuildKit do it (ADD git URL).
#   controls:
#     cis-docker: ["4.3"]
#     kubernetes-hardening: ["image-minimal"]
#   since: 0.1.0
package tare.rules.tool.version_control

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-009"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "version control tool", configured) if count(denied) > 0
