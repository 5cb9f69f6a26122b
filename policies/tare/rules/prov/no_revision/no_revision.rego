# METADATA
# title: No source revision
# description: The image does not say from which revision of its sources it was built.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys
# custom:
#   id: TARE-PROV-002
#   severity: note
#   theme: PROV
#   action: configuration
#   rationale: >-
#     Whoever finds a flaw in production needs the sources of what is running. A label with the commit costs nothing. A note; raise the
#     severity where your organisation requires it.
#   remediation: >-
#     Build with a label: docker build --label org.opencontainers.image.revision=$(git rev-parse HEAD), or docker/metadata-action.
#   controls:
#     nist-800-190: ["3.1.5", "4.1.5"]
#   since: 0.1.0
package tare.rules.prov.no_revision

import data.tare.lib.settings

id := "TARE-PROV-002"

configured := settings.of(id)

stated := [name |
	some name in configured.names
	some labels in [input.image.labels, input.image.annotations]
	trim_space(labels[name]) != ""
]

fail := {
	"message": "No label or annotation names the revision of the sources.",
	"evidence": {"found": null, "allowed": configured.names},
} if {
	count(stated) == 0
}
