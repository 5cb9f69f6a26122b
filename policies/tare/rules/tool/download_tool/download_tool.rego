# METADATA
# title: Image holds a download tool
# description: A program that fetches files from the network is in the image.
# related_resources:
#   - https://attack.mitre.org/techniques/T1105/
#   - https://github.com/stackrox/stackrox/tree/master/pkg/defaults/policies/files
#   - https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images
# custom:
#   id: TARE-TOOL-004
#   severity: medium
#   theme: TOOL
#   action: install
#   rationale: >-
#     One of the first things an intruder does is to fetch more tools (ATT&CK T1105, Ingress Tool Transfer); curl and wget are the usual
#     programs for it. Medium, because an intruder who can run code can do without; StackRox lists both, with low.
#   remediation: >-
#     Fetch in a build stage (ADD --checksum=sha256:… https://example.com/tool.tar.gz /), and copy the file. A health check can be a
#     subcommand of the application: HEALTHCHECK CMD ["/app", "health"].
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.tool.download_tool

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-004"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "download tool", configured) if count(denied) > 0
