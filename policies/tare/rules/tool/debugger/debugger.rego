# METADATA
# title: Image holds a debugger or tracer
# description: A program that inspects or traces other processes is in the image.
# related_resources:
#   - https://attack.mitre.org/techniques/T1055/008/
#   - https://docs.docker.com/engine/security/seccomp/
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-008
#   severity: medium
#   theme: TOOL
#   action: install
#   rationale: >-
#     It reads the memory of the application, secrets included, and writes it too (ATT&CK T1055.008). Medium, because the kernel lets a
#     process trace only processes of its own user, and fewer under Docker's default seccomp profile.
#   remediation: >-
#     Debug from an ephemeral container that shares the process namespace: kubectl debug -it POD --image=debian --target=app.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.tool.debugger

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-008"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "debugging tool", configured) if count(denied) > 0
