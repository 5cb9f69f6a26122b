# METADATA
# title: Image holds programs that change privileges
# description: A program that changes user, namespace or mounts is in the image.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-013
#   severity: medium
#   theme: TOOL
#   rationale: >-
#     Most of them are setuid root, which makes each of their flaws a way to root; a process that is started as its user needs none.
#   remediation: >-
#     Start as the right user (USER), and use a base without login tools. Where an entrypoint drops root, do it with setpriv in an
#     init container, or allow gosu for that repository.
#   controls:
#     cis-docker: ["4.3", "4.8"]
#     nist-800-190: ["3.1.2"]
#     kubernetes-hardening: ["privilege-escalation", "image-minimal"]
#   since: 0.1.0
package tare.rules.tool.privilege_change

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-013"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "privilege tool", configured) if count(denied) > 0
