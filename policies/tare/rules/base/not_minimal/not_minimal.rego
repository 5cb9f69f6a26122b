# METADATA
# title: Base is not minimal
# description: The kind of base is not one that is allowed.
# related_resources:
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
#   - https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images
# custom:
#   id: TARE-BASE-004
#   severity: medium
#   theme: BASE
#   rationale: >-
#     A full distribution brings hundreds of programs that the application never runs: Debian 12's smallest base has 96 packages, distroless
#     static 3 (measured). NIST SP 800-190, 4.1.2, asks for bases of minimalistic technologies and names Alpine; the kinds allowed are those
#     without package manager, without shell, or with little more than busybox. Medium, because it makes an attack easier and is none by
#     itself; what the base brings fails by rules of its own.
#   remediation: >-
#     End the Dockerfile with a stage on a minimal base: FROM gcr.io/distroless/java21-debian12 (or a chiselled, micro or Wolfi one), FROM
#     scratch for a static binary.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
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
	"message": $"The base is of the kind {found}{bases.os_in_brackets}, and allowed are {concat(", ", allowed)}.",
	"evidence": {"found": found, "allowed": allowed, "identity": [found]},
} if {
	found != "unknown"
	not found in allowed
	facts.whole("base.class")
}

pass := $"The base is of the kind {found}{bases.os_in_brackets}." if is_string(found)
