# METADATA
# title: Image holds an editor or pager
# description: A text editor or pager is in the image.
# related_resources:
#   - https://github.com/hadolint/hadolint/wiki/DL3001
#   - https://gtfobins.github.io/gtfobins/vim/
# custom:
#   id: TARE-TOOL-010
#   severity: low
#   theme: TOOL
#   action: install
#   rationale: >-
#     Nobody edits files in a container that is replaced on every change, and hadolint advises against vim in one (DL3001, info); editors
#     and pagers can start shells (GTFOBins). Low, because it only helps somebody who already has a shell.
#   remediation: >-
#     Leave editors out (apt-get purge vim nano), and change files where the image is built, or mount them: docker run -v
#     ./app.conf:/etc/app.conf:ro. more and the applets of busybox come with packages that the distribution needs, and go only with a base
#     without a shell; name them in allowed until then.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.tool.editor

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-010"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, noun, configured) if count(denied) > 0

pagers := [tool | some tool in denied; tool.category == "pager"]

noun := "pager" if {
	count(pagers) == count(denied)
} else := "editor" if {
	count(pagers) == 0
} else := "editors and pager"
