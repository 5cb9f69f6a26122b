# METADATA
# title: One file is very large
# description: A single file is larger than allowed.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: TARE-SIZE-004
#   severity: low
#   theme: SIZE
#   action: cleanup
#   rationale: >-
#     A file of hundreds of megabytes is data, a model, an archive or a core dump rather than a program: it is pulled again with each change
#     of its layer. The limit of 200 MB is Tare's own; the largest files of common runtimes are smaller (Node 99 MB, the modules of a JDK
#     129 to 146 MB; measured). Low, because the file may be what the image is for.
#   remediation: >-
#     Put data into a volume or an object store, or into a layer of its own that rarely changes: COPY model.bin /models/ before COPY app
#     /app.
#   controls: {}
#   since: 0.1.0
package tare.rules.size.large_file

import data.tare.lib.facts
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-SIZE-004"

configured := settings.of(id)

needs := {"size.largestFiles", "tools", "state"}

measured := object.get(input.size, "largestFiles", null)

# Where the largest files are not among the facts, files whose size is known from elsewhere can still be too large.
files contains {"path": file.path, "bytes": file.bytes} if some file in measured

files contains {"path": tool.target, "bytes": tool.size} if {
	some tool in input.tools
	is_string(tool.target)
}

files contains {"path": item.path, "bytes": item.bytes} if {
	some item in input.state
	item.kind != "volume"
}

allowed := configured.maxBytes

large := [file |
	some [_, file] in array.reverse(sort([[file.bytes, file] | some file in files; file.bytes > allowed]))
]

fail := {
	"message": $"File {large[0].path} has {text.bytes(large[0].bytes)}; the limit is {text.bytes(allowed)}.",
	"evidence": {
		"found": large[0].bytes,
		"allowed": allowed,
		"identity": {file.path | some file in large},
		"items": array.slice(large, 0, 20),
	},
} if {
	count(large) > 0
}

unknown := "The sizes of individual files are not among the facts." if {
	not is_array(measured)
	facts.whole("size.largestFiles")
}
