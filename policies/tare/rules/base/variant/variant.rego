# METADATA
# title: Base is a debug, development or SDK variant
# description: The name of an ancestor shows that it is meant for building or debugging.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless#debug-images
#   - https://docs.docker.com/build/building/multi-stage/
# custom:
#   id: TARE-BASE-005
#   severity: medium
#   theme: BASE
#   action: base
#   rationale: >-
#     Such variants add shells, compilers and package managers to a base that also exists as a runtime variant; the distroless documentation
#     reserves its debug images for debugging. Medium, as for any base that is not minimal (TARE-BASE-004). A confidence of 0.5 leaves out
#     what only the history suggests (0.3, 0.4). Where no ancestor is known, TARE-BASE-003 reports that, and this rule is unknown, as a note.
#   remediation: >-
#     Use the variant without the suffix for the last stage: FROM eclipse-temurin:21-jre instead of 21-jdk, mcr.microsoft.com/dotnet/aspnet
#     instead of sdk, no -dev, no :debug.
#   controls:
#     cis-docker: ["4.2", "4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.base.variant

import data.tare.lib.bases
import data.tare.lib.settings

id := "TARE-BASE-005"

configured := settings.of(id)

needs := {"base.lineage"}

not_applicable := "The application is not built on an operating system." if {
	bases.scratch
} else := bases.root

names contains name if some name in bases.names(configured.minConfidence)

# The annotation is what the builder says; that is enough for what the builder meant.
names contains input.base.annotated.name if is_string(input.base.annotated.name)

unknown := "No ancestor of the image is known." if count(names) == 0

found := sort({name |
	some name in names
	some word in configured.words
	word in bases.words(name)
})

fail := {
	"message": $"Built on {concat(", ", found)}.",
	"evidence": {"found": found, "allowed": "names without the words of the setting", "words": configured.words, "identity": found},
} if {
	count(found) > 0
}
