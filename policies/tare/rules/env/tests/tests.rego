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
#   action: stages
#   rationale: >-
#     Tests and their frameworks are for the build: they bring data, credentials of test systems and dependencies with flaws of their own.
#     What counts is what test runs leave behind and packages that only tests use, not directories that happen to be called test. Low,
#     because nothing runs them.
#   remediation: >-
#     Run tests in a build stage, and install without development dependencies: npm ci --omit=dev, pip install without the test extra,
#     bundle config set without test.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.env.tests

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-ENV-004"

configured := settings.of(id)

needs := {"leftovers", "packages.count"}

left := [item |
	some item in input.leftovers
	item.kind in configured.kinds
	item.files > 0
]

installed contains item.name if {
	some item in input.packages.items
	item.type in configured.types
	packages[name(item)]
}

packages contains name if some name in configured.packages

# org.junit/junit and org.junit:junit are junit; @playwright/test is itself.
name(item) := item.name if packages[item.name]

name(item) := parts[count(parts) - 1] if {
	not packages[item.name]
	item.type == "maven"
	parts := split(replace(item.name, ":", "/"), "/")
}

found := sort({item.path | some item in left} | installed)

fail := {
	"message": $"For tests only: {text.names(found)}.",
	"evidence": {"found": found, "allowed": [], "identity": found},
} if {
	count(found) > 0
}
