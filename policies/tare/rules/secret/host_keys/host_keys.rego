# METADATA
# title: SSH host keys
# description: Host keys of an SSH server are part of the image.
# related_resources:
#   - https://www.rfc-editor.org/rfc/rfc4251#section-4.1
#   - https://cwe.mitre.org/data/definitions/321.html
# custom:
#   id: TARE-SECRET-004
#   severity: high
#   theme: SECRET
#   action: secret
#   rationale: >-
#     All containers of the image prove to be the same machine, and whoever can pull it can pretend to be any of them: a hard-coded key,
#     CWE-321. Installing an SSH server creates these keys. High and not critical, because an attacker also needs a place between client and
#     server.
#   remediation: >-
#     Leave the SSH server out; where it is needed, delete the keys in the RUN that installs it (rm -f /etc/ssh/ssh_host_*) and create them
#     at the first start: ssh-keygen -A.
#   controls:
#     cis-docker: ["4.10"]
#     nist-800-190: ["3.1.4", "4.1.4"]
#     kubernetes-hardening: ["secrets"]
#   since: 0.1.0
package tare.rules.secret.host_keys

import data.tare.lib.secrets

id := "TARE-SECRET-004"

needs := {"secrets"}

found := secrets.host_keys

fail := secrets.failure(found, "In the image") if count(found) > 0
