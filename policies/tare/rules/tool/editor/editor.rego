# METADATA
# title: Image holds an editor
# description: A text editor or pager is in the image.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-010
#   severity: low
#   theme: TOOL
#   rationale: >-
#     Nobody edits files in a container that is replaced on every change; editors and pagers start shells.
#   remediation: >-
#     Remove the package, and change files where the image is built.
#   controls:
#     cis-docker: ["4.3"]
#     kubernetes-hardening: ["image-minimal"]
#   since: 0.1.0
package tare.rules.tool.editor

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-010"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "editor", configured) if count(denied) > 0
