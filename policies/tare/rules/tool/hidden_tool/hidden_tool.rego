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
#   rationale: >-
#     Deleting a file in a later layer only hides it: it is pulled, stored, and can be read out of the image by anybody who can pull it. The
#     cleaning gives a false sense of it being gone. Medium although no container can run it: the weight is paid, and the intent was not
#     met.
#   remediation: >-
#     Delete in the RUN that brings the file (apt-get install -y gcc && make && apt-get purge -y gcc), or copy only what is needed out of a
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

# A tool that a newer copy replaced is wasted space, which is for LAYER to say; it was not meant to be gone.
gone := [tool |
	some tool in input.hiddenTools
	not present[tool.path]
]

present contains tool.path if some tool in input.tools

denied := tools.denied(gone, configured)

fail := tools.failure(denied, "hidden tool", configured) if count(denied) > 0
