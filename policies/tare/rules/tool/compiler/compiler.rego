# METADATA
# title: Image holds a compiler or build tool
# description: A compiler, linker or build tool is in the image.
# related_resources:
#   - https://docs.docker.com/build/building/multi-stage/
#   - https://attack.mitre.org/techniques/T1027/004/
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-007
#   severity: medium
#   theme: TOOL
#   action: stages
#   rationale: >-
#     Build tools are the largest part of an image that is not built in stages (gcc takes 70 MB on Debian 12, Go 343 MB; Installed-Size),
#     and let an intruder compile programs for this machine (ATT&CK T1027.004). Medium, because an intruder can also bring compiled
#     programs.
#   remediation: >-
#     Compile in a build stage and copy the result into a runtime base: FROM golang:1.24 AS build, then COPY --from=build /out/api /api.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.tool.compiler

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-007"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "build tool", configured) if count(denied) > 0
