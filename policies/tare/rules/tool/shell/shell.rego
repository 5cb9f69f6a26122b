# METADATA
# title: Image holds a shell
# description: A command interpreter is in the image.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-001
#   severity: high
#   theme: TOOL
#   rationale: >-
#     A shell turns a flaw of the application into a session, and most attacks on containers begin by starting one. A service that is
#     started directly never needs it.
#   remediation: >-
#     Start the application directly and use a base without a shell (distroless, chiselled, scratch). For looking into a running container
#     use an ephemeral debug container.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2"]
#     kubernetes-hardening: ["image-minimal"]
#   since: 0.1.0
package tare.rules.tool.shell

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-001"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "shell", configured) if count(denied) > 0
