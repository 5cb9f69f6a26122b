# METADATA
# title: Base tag has moved on
# description: The tag that the base came from now names another image.
# related_resources:
#   - https://github.com/docker-library/faq#why-does-my-security-scanner-show-that-an-image-has-cves
#   - https://cyber.dhs.gov/bod/19-02/
#   - https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often
# custom:
#   id: TARE-BASE-009
#   severity: medium
#   theme: BASE
#   action: rebuild
#   rationale: >-
#     A tag of a base moves when its maintainers publish fixes; an image that is built on the old one lacks them. Docker's official Debian
#     and Ubuntu bases are rebuilt at least once a month, and CISA's BOD 19-02 gives 30 days for high vulnerabilities: after 30 days of lag
#     a rebuild was missed. Medium, because it is not known whether a fix that matters is missing.
#   remediation: >-
#     Rebuild on the current base (docker build --pull), on a schedule.
#   controls:
#     cis-docker: ["4.2", "4.4"]
#     nist-800-190: ["3.1.1", "3.2.2", "4.1.1", "4.2.2"]
#     kubernetes-hardening: ["upgrades"]
#   since: 0.1.0
package tare.rules.base.outdated

import data.tare.lib.bases
import data.tare.lib.facts
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-BASE-009"

configured := settings.of(id)

needs := {"base.outdated"}

not_applicable := "The application is not built on an operating system." if {
	bases.scratch
} else := bases.root

tag := input.base.outdated

allowed := configured.maxDays

unknown := "What the tag of the base names now is not known." if {
	not tag.known
	facts.whole("base.outdated")
} else := "Which build of the base the image is built on, or which its tag names now, is not known." if {
	tag.known
	not comparable
}

comparable if {
	is_string(tag.currentDigest)
	is_string(input.base.parent.digest)
}

moved if {
	tag.known
	comparable
	tag.currentDigest != input.base.parent.digest
}

evidence := {"found": tag.lagDays, "allowed": allowed, "currentDigest": tag.currentDigest}

fail := {
	"message": $"The tag {input.base.parent.reference} moved on {text.number(tag.lagDays, "day")} ago; the limit is {allowed}.",
	"evidence": evidence,
} if {
	moved
	tag.lagDays > allowed
	is_number(tag.lagDays)
} else := {
	"message": $"The tag {input.base.parent.reference} has moved on; when is not known.",
	"evidence": evidence,
} if {
	moved
	not is_number(tag.lagDays)
}
