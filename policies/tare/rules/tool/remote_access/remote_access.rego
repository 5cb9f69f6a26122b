# METADATA
# title: Image holds remote access
# description: A client or server for remote login or copying is in the image.
# related_resources:
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
#   - https://www.cisecurity.org/benchmark/docker
#   - https://attack.mitre.org/techniques/T1133/
#   - https://github.com/stackrox/stackrox/tree/master/pkg/defaults/policies/files
# custom:
#   id: TARE-TOOL-006
#   severity: high
#   theme: TOOL
#   action: install
#   rationale: >-
#     NIST SP 800-190, 4.1.2: SSH and other remote administration tools should never be enabled in containers; CIS Docker Benchmark 5.7 says
#     not to run sshd. They bypass the platform (ATT&CK T1133), and nobody manages their keys and users. High, as in StackRox for an exposed
#     SSH port.
#   remediation: >-
#     Reach a container through the platform (kubectl exec, docker exec), and files through volumes or kubectl cp; do not install openssh.
#   controls:
#     cis-docker: ["4.3", "5.7"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.tool.remote_access

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-006"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "remote access tool", configured) if count(denied) > 0
