# METADATA
# title: Image holds a cloud client
# description: The image contains the command line client of a cloud, and does not start it.
# related_resources:
#   - https://attack.mitre.org/techniques/T1552/005/
#   - https://packages.debian.org/bookworm/awscli
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-TOOL-012
#   severity: medium
#   theme: TOOL
#   action: install
#   rationale: >-
#     It turns the credentials that every workload finds at the metadata address into commands (ATT&CK T1552.005), and is larger than most
#     applications: awscli takes 97 MB on Debian 12 (Installed-Size). Medium, because it is only useful if the workload has rights.
#     What the entrypoint starts is the application itself and does not count.
#   remediation: >-
#     Use the cloud's library for the calls that the application makes, or keep the client in the images of jobs that need it.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.tool.cloud_client

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-012"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "cloud tool", configured) if count(denied) > 0
