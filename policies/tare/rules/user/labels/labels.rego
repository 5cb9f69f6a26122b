# METADATA
# title: Required labels are missing
# description: A label or annotation that every image must have is missing.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys
#   - https://github.com/stackrox/stackrox/tree/master/pkg/defaults/policies/files
# custom:
#   id: TARE-USER-009
#   severity: low
#   theme: USER
#   action: configuration
#   rationale: >-
#     Labels say who is responsible for an image and where it comes from. Which ones are needed is the organisation's choice; without a list
#     this rule does not apply. Low, as in StackRox for a required label.
#   remediation: >-
#     Add them: LABEL org.opencontainers.image.vendor="Example" org.opencontainers.image.source="https://git.example.com/team/api".
#   controls:
#     nist-800-190: ["4.1.5"]
#   since: 0.1.0
package tare.rules.user.labels

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-USER-009"

configured := settings.of(id)

not_applicable := "No label is required." if count(configured.required) == 0

missing := [name |
	some name in configured.required
	not stated(input.image.labels, name)
	not stated(input.image.annotations, name)
]

stated(labels, name) if trim_space(labels[name]) != ""

fail := {
	"message": $"Missing: {text.names(missing)}.",
	"evidence": {"found": object.keys(input.image.labels), "allowed": configured.required, "identity": missing},
} if {
	count(missing) > 0
}
