# METADATA
# title: Image holds a shell
# description: A command interpreter is in the image.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images
#   - https://attack.mitre.org/techniques/T1059/004/
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-001
#   severity: high
#   theme: TOOL
#   action: base
#   rationale: >-
#     A shell turns a flaw of the application into a session (ATT&CK T1059.004), and most of what an intruder does next starts from one. A
#     service that is started directly never needs one; distroless images show that it can be left out. High, because it makes the other
#     tools usable; lower the severity where no base without a shell works.
#   remediation: >-
#     Start the application directly (ENTRYPOINT ["/app"]) on a base without a shell (distroless, chiselled, scratch). To look into a
#     running container: kubectl debug -it POD --image=busybox --target=app.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.tool.shell

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-001"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "shell", configured) if count(denied) > 0
