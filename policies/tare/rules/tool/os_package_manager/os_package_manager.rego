# METADATA
# title: Image holds an OS package manager
# description: A package manager of the distribution is in the image.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-002
#   severity: high
#   theme: TOOL
#   rationale: >-
#     Whoever gets into the container can install what the image was kept free of, and the package manager brings its own databases,
#     keys and scripts. A container is replaced, not updated in place.
#   remediation: >-
#     Build in one stage, copy into a base without a package manager (distroless, chiselled, micro) in the last.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2"]
#     kubernetes-hardening: ["image-minimal"]
#   since: 0.1.0
package tare.rules.tool.os_package_manager

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-002"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "OS package manager", configured) if count(denied) > 0
