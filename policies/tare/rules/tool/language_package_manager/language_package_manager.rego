# METADATA
# title: Image holds a language package manager
# description: A package manager of a programming language is in the image.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images
#   - https://attack.mitre.org/techniques/T1105/
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-003
#   severity: medium
#   theme: TOOL
#   action: stages
#   rationale: >-
#     It downloads and runs code from outside the image at run time (ATT&CK T1105). An application that is already installed does not need
#     it. Medium, one level below TARE-TOOL-002: it needs a runtime, and does not install system programs.
#   remediation: >-
#     Install dependencies in a build stage and copy the result: COPY --from=build /venv /venv. Where the base contains it (python, node),
#     use the distroless variant, or remove it in the last stage.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.tool.language_package_manager

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-003"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "language package manager", configured) if count(denied) > 0
