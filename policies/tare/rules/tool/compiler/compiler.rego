# METADATA
# title: Image holds a compiler or build tool
# description: A compiler, linker or build tool is in the image.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-007
#   severity: medium
#   theme: TOOL
#   rationale: >-
#     Build tools are most of the weight of an image that is not built in stages, and turn source that an intruder brings into
#     programs that fit the machine.
#   remediation: >-
#     Compile in a build stage and copy the result into a runtime base.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2"]
#     kubernetes-hardening: ["image-minimal"]
#   since: 0.1.0
package tare.rules.tool.compiler

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-007"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "build tool", configured) if count(denied) > 0
