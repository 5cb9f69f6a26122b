# METADATA
# title: Image holds a debugger or tracer
# description: A program that inspects or traces other processes is in the image.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-008
#   severity: medium
#   theme: TOOL
#   rationale: >-
#     It reads the memory of the application, secrets included.
#   remediation: >-
#     Debug from an ephemeral container that shares the process namespace (kubectl debug --target).
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2"]
#     kubernetes-hardening: ["image-minimal"]
#   since: 0.1.0
package tare.rules.tool.debugger

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-008"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "debugging tool", configured) if count(denied) > 0
