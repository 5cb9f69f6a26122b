# METADATA
# title: Tests in the image
# description: Caches of test runs or test frameworks are in the image.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
#   - https://docs.docker.com/build/building/multi-stage/
# custom:
#   id: TARE-ENV-004
#   severity: low
#   theme: ENV
#   rationale: >-
#     Tests and their frameworks are for the build: they bring data, credentials of test systems and dependencies with flaws of
#     their own. What a test run leaves and packages that only tests use count, not directories that happen to be called test.
#   remediation: >-
#     Run tests in a build stage, and install without development dependencies (npm ci --omit=dev, pip without extras).
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2"]
#     kubernetes-hardening: ["image-minimal"]
#   since: 0.1.0
package tare.rules.env.tests

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-ENV-004"

needs := {"leftovers", "packages"}

left := [item |
	some item in input.leftovers
	item.kind in settings.of(id).kinds
	item.files > 0
]

installed := {item.name |
	some item in input.packages.items
	item.type in settings.of(id).types
	name(item) in settings.of(id).packages
}

# org.junit/junit and org.junit:junit are junit; @playwright/test is itself.
name(item) := item.name if item.name in settings.of(id).packages

name(item) := parts[count(parts) - 1] if {
	not item.name in settings.of(id).packages
	item.type == "maven"
	parts := split(replace(item.name, ":", "/"), "/")
}

found := sort({item.path | some item in left} | installed)

fail := {
	"message": sprintf("For tests only: %s.", [text.names(found)]),
	"evidence": {"found": found, "allowed": [], "identity": found},
} if {
	count(found) > 0
}
