# METADATA
# title: Image holds a container client
# description: A client or runtime of containers or clusters is in the image, and is not what the image starts.
# related_resources:
#   - https://attack.mitre.org/techniques/T1609/
#   - https://attack.mitre.org/techniques/T1610/
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-011
#   severity: high
#   theme: TOOL
#   action: install
#   rationale: >-
#     Together with a mounted socket or a service account it hands over the host or the cluster (ATT&CK T1609, T1610). High, because more
#     than this container is at risk. What the entrypoint starts is the application itself and does not count.
#   remediation: >-
#     Keep it in the images of CI jobs, and turn the rule off for those repositories: settings.overrides: [{repositories: ["ci/**"], rules:
#     {TARE-TOOL-011: {enabled: false}}}].
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.tool.container_client

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-011"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "container tool", configured) if count(denied) > 0
