# METADATA
# title: Base is old
# description: The base was built too long ago.
# related_resources:
#   - https://github.com/docker-library/faq#why-does-my-security-scanner-show-that-an-image-has-cves
#   - https://github.com/stackrox/stackrox/tree/master/pkg/defaults/policies/files
#   - https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often
# custom:
#   id: TARE-FRESH-002
#   severity: medium
#   theme: FRESH
#   action: rebuild
#   rationale: >-
#     If the base is not rebuilt, rebuilding the image brings no fixes of the base. Docker's official Debian and Ubuntu bases are rebuilt at
#     least once a month, so 90 days are three missed updates; StackRox's limit for images is the same. Medium, as for an old image
#     (TARE-FRESH-001). The age is that of the base's last build step in the history.
#   remediation: >-
#     Pull the base again when building (docker build --pull), and update pinned digests: FROM debian:12@sha256:….
#   controls:
#     cis-docker: ["4.4"]
#     nist-800-190: ["3.1.1", "3.2.2", "4.1.1", "4.2.2"]
#     kubernetes-hardening: ["upgrades"]
#   since: 0.1.0
package tare.rules.fresh.base_age

import data.tare.lib.bases
import data.tare.lib.dates
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-FRESH-002"

configured := settings.of(id)

needs := {"base.parent", "image.history"}

not_applicable := "The application is not built on an operating system." if {
	bases.scratch
} else := bases.root

built := max([step.created |
	some step in input.image.history
	is_string(step.created)
	is_number(step.layer)
	step.layer < input.base.parent.layers
])

reproducible if built < "1981"

unknown := "No ancestor of the image is known." if {
	not is_object(input.base.parent)
} else := "The history does not say when the base was built." if {
	not built
} else := "The base states a fixed time, as reproducible builds do." if {
	reproducible
}

found := max([0, dates.between(built, input.evaluatedAt)]) if not reproducible

allowed := configured.maxDays

sentence := $"Base {input.base.parent.reference} was built {text.number(found, "day")} ago; the limit is {allowed}." if is_number(found)

fail := {
	"message": sentence,
	"evidence": {"found": found, "allowed": allowed, "built": built, "base": input.base.parent.reference, "identity": []},
} if {
	found > allowed
}

pass := sentence
