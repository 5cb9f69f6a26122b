# METADATA
# title: Files copied by chown or chmod
# description: A step changed the owner or mode of files from an earlier layer, which stores them twice.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#copy---chown---chmod
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: TARE-LAYER-005
#   severity: low
#   theme: LAYER
#   action: cleanup
#   rationale: >-
#     A layer stores whole files: chown -R over an application adds all of it a second time. Only copies that were found in the layers
#     count, not the mere word in the history. The first 1 MB is allowed: entrypoints and configuration files are kilobytes, and a chmod of
#     them does no harm. Low, because it only costs space, which TARE-LAYER-003 counts too.
#   remediation: >-
#     Set owner and mode in the step that adds the files: COPY --chown=10001 --chmod=0755 app /app, or chown in the RUN that writes them.
#   controls: {}
#   since: 0.1.0
package tare.rules.layer.copies

import data.tare.lib.history
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-LAYER-005"

configured := settings.of(id)

needs := {"layers"}

copying := [{"bytes": layer.wasted, "layer": layer.index, "createdBy": layer.createdBy, "inBase": layer.inBase} |
	some layer in input.layers
	layer.wasted > 0
	is_string(layer.createdBy)
	some command in history.commands(layer.createdBy)
	some word in command
	word in configured.commands
]

distinct := {copy | some copy in copying}

found := sum([copy.bytes | some copy in distinct])

allowed := configured.maxBytes

fail := {
	"message": sentence,
	"evidence": {
		"found": found,
		"allowed": allowed,
		"origin": text.origin(distinct),
		"layers": array.slice(array.reverse(sort(distinct)), 0, 5),
	},
} if {
	found > allowed
	layers := text.number(count(distinct), "layer")
	sentence := $"{text.bytes(found)} are second copies, in {layers} with chown or chmod; the limit is {text.bytes(allowed)}."
}
