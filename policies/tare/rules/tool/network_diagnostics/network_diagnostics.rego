# METADATA
# title: Image holds network diagnostics
# description: A program that scans, listens or inspects the network is in the image.
# related_resources:
#   - https://attack.mitre.org/techniques/T1046/
#   - https://github.com/hadolint/hadolint/wiki/DL3001
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-005
#   severity: medium
#   theme: TOOL
#   action: install
#   rationale: >-
#     They map the network around the container (ATT&CK T1046) and carry traffic out of it; the application does not use them. Medium,
#     because an intruder who can run code can do without.
#   remediation: >-
#     Examine the network from a debug container with its own tools: kubectl debug -it POD --image=nicolaka/netshoot.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.tool.network_diagnostics

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-005"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "network tool", configured) if count(denied) > 0
