# METADATA
# title: Base is not minimal
# description: The kind of base is not one that is allowed.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-BASE-004
#   severity: medium
#   theme: BASE
#   rationale: >-
#     A full distribution brings hundreds of files and programs the application never runs. The allowed kinds are those that leave out
#     the package manager, the shell or most of the distribution.
#   remediation: >-
#     Move to a distroless, chiselled, micro or Wolfi base for the same distribution, or to scratch for a static binary.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["image-minimal"]
#   since: 0.1.0
package tare.rules.base.not_minimal

import data.tare.lib.bases
import data.tare.lib.facts
import data.tare.lib.settings

id := "TARE-BASE-004"

configured := settings.of(id)

needs := {"base.class"}

found := input.base.class

allowed := configured.allowed

unknown := "What kind of base it is could not be told from its files." if found == "unknown"

fail := {
	"message": sprintf("The base is of the kind %s%s, and allowed are %s.", [found, bases.os_in_brackets, concat(", ", allowed)]),
	"evidence": {"found": found, "allowed": allowed, "identity": [found]},
} if {
	found != "unknown"
	not found in allowed
	facts.whole("base.class")
}

pass := sprintf("The base is of the kind %s%s.", [found, bases.os_in_brackets])
