# METADATA
# title: Tool was deleted later, but is still shipped
# description: A tool that a later layer deleted is still in the layer that brought it.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#run
#   - https://docs.docker.com/build/building/multi-stage/
# custom:
#   id: TARE-TOOL-016
#   severity: medium
#   theme: TOOL
#   action: cleanup
#   rationale: >-
#     Deleting a file in a later layer only hides it: it is still pulled and stored, and anybody who can pull the image can read it. It
#     seems to be gone and is not. Medium, although no container can run it: it still costs space, and the intention was to remove it.
#   remediation: >-
#     Delete the file in the RUN that adds it (apt-get install -y gcc && make && apt-get purge -y gcc), or copy only what is needed out of a
#     build stage.
#   controls:
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.tool.hidden_tool

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-016"

configured := settings.of(id)

needs := {"hiddenTools"}

# A tool that a newer copy replaced is wasted space, which the LAYER rules judge; nobody meant to remove it.
gone := [tool |
	some tool in input.hiddenTools
	not present[tool.path]
]

present contains tool.path if some tool in input.tools

denied := tools.denied(gone, configured)

fail := tools.failure(denied, "hidden tool", configured) if count(denied) > 0
