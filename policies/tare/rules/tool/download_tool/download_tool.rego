# METADATA
# title: Image holds a download tool
# description: A program that fetches files from the network is in the image.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-004
#   severity: medium
#   theme: TOOL
#   rationale: >-
#     Fetching a second stage is the first thing an intruder does; curl and wget are the two programs that do it.
#   remediation: >-
#     Fetch in a build stage with ADD --checksum or a download tool there, and copy the file. A health check can be a subcommand of
#     the application.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2"]
#     kubernetes-hardening: ["image-minimal"]
#   since: 0.1.0
package tare.rules.tool.download_tool

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-004"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "download tool", configured) if count(denied) > 0
