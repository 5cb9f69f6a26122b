# METADATA
# title: Image holds programs that change privileges
# description: A program that changes user, namespace or mounts is in the image.
# related_resources:
#   - https://attack.mitre.org/techniques/T1548/001/
#   - https://www.cisecurity.org/benchmark/docker
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-013
#   severity: medium
#   theme: TOOL
#   action: base
#   rationale: >-
#     Most of them are setuid root, which makes each of their flaws a way to root (ATT&CK T1548.001); a process that is started as the right
#     user needs none. Medium, like TARE-PRIV-001, which lists those with the setuid bit.
#   remediation: >-
#     Start as the right user (USER 10001), and use a base without login tools. Where an entrypoint has to start as root, allow its gosu for
#     that repository: TARE-TOOL-013: {allowUsedByEntrypoint: true}.
#   controls:
#     cis-docker: ["4.3", "4.8"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["privilege-escalation", "remove-unused"]
#   since: 0.1.0
package tare.rules.tool.privilege_change

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-013"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "privilege tool", configured) if count(denied) > 0
