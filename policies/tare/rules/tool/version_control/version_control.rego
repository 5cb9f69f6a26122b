# METADATA
# title: Image holds version control
# description: A version control client is in the image.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
#   - https://packages.debian.org/bookworm/git
# custom:
#   id: TARE-TOOL-009
#   severity: low
#   theme: TOOL
#   action: install
#   rationale: >-
#     It is there to fetch source, which belongs to a build stage, and in most distributions it brings ssh and perl along: 46 MB for git
#     alone on Debian 12 (Installed-Size). Low, because other tools can fetch the same.
#   remediation: >-
#     Fetch source in a build stage, or let BuildKit do it: ADD https://github.com/example/app.git#v1.4 /src.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.tool.version_control

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-009"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "version control tool", configured) if count(denied) > 0
