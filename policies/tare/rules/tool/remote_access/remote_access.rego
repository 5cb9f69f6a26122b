# METADATA
# title: Image holds remote access
# description: A client or server for remote login or copying is in the image.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-006
#   severity: high
#   theme: TOOL
#   rationale: >-
#     NIST SP 800-190 names remote administration tools in containers: they are reached around the platform, and their keys and users
#     are managed by nobody.
#   remediation: >-
#     Reach a container through the platform (kubectl exec, docker exec), and files through volumes.
#   controls:
#     nist-800-190: ["3.1.2", "4.1.2"]
#     cis-docker: ["4.3", "5.7"]
#     kubernetes-hardening: ["image-minimal"]
#   since: 0.1.0
package tare.rules.tool.remote_access

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-006"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "remote access tool", configured) if count(denied) > 0
