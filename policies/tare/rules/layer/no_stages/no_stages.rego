# METADATA
# title: Built without stages
# description: Toolchain, build inputs and result are in one image.
# related_resources:
#   - https://docs.docker.com/build/building/multi-stage/
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-LAYER-006
#   severity: medium
#   theme: LAYER
#   action: stages
#   rationale: >-
#     A multi-stage build keeps compilers, headers, dependency caches and sources out of the image; an image that contains a toolchain and
#     what it worked on was built in one stage, and is several times as large as the program in it. Both have to be found above the base,
#     and at least 1 MB of the inputs: TARE-TOOL-007 reports a toolchain alone, TARE-LEFT-006 inputs alone. Medium, because they make up
#     most of the image and include a compiler.
#   remediation: >-
#     Build in one stage and copy the result into another: FROM golang:1.24 AS build, RUN go build -o /out/api, FROM
#     gcr.io/distroless/static, COPY --from=build /out/api /api.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.layer.no_stages

import data.tare.lib.leftovers
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-LAYER-006"

configured := settings.of(id)

needs := {"tools", "leftovers"}

toolchain := [tool |
	some tool in input.tools
	tool.category in configured.categories
]

worked_on := [item |
	some item in input.leftovers
	kinds[item.kind]
	item.inBase == false
]

# It is not known whether the base brought these.
perhaps := [item |
	some item in input.leftovers
	kinds[item.kind]
	not is_boolean(item.inBase)
]

kinds contains kind if some kind in configured.kinds

largest := leftovers.largest_first(worked_on)

found := leftovers.bytes(worked_on)

fail := {
	"message": $"Build tools ({names}) and {text.bytes(found)} of what they worked on ({places}) are in the image.",
	"evidence": {
		"found": found,
		"allowed": configured.minBytes,
		"origin": "image",
		"identity": {item.kind | some item in worked_on},
		"tools": array.slice(sort({tool.path | some tool in toolchain}), 0, 20),
		"items": array.slice(largest, 0, 20),
	},
} if {
	count(toolchain) > 0
	found > configured.minBytes
	names := text.names(sort({tool.name | some tool in toolchain}))
	places := text.names([item.path | some item in largest])
}

unknown := "No ancestor of the image is known, so whether the base brought what the build tools worked on is not known either." if {
	count(toolchain) > 0
	found + leftovers.bytes(perhaps) > configured.minBytes
	count(perhaps) > 0
}
