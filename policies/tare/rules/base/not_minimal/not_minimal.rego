# METADATA
# title: Base is not minimal
# description: The base is not of an allowed kind.
# related_resources:
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
#   - https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images
# custom:
#   id: TARE-BASE-004
#   severity: medium
#   theme: BASE
#   action: base
#   rationale: >-
#     A full distribution brings hundreds of programs that the application never runs: Debian 12's smallest base has 96 packages, distroless
#     static 3 (measured). NIST SP 800-190, 4.1.2, asks for minimalistic bases and names Alpine; the kinds allowed are those without package
#     manager, without shell, or with little more than busybox. Medium, because it makes attacks easier but is not a flaw itself; rules of
#     their own judge what the base contains.
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

unknown := "The kind of base could not be recognised from its files." if found == "unknown"

fail := {
	"message": $"The base is of the kind {found}{bases.os_in_brackets}; allowed kinds: {concat(", ", allowed)}.",
	"evidence": {"found": found, "allowed": allowed, "identity": [found]},
} if {
	found != "unknown"
	not found in allowed
	facts.whole("base.class")
}

pass := $"The base is of the kind {found}{bases.os_in_brackets}." if is_string(found)
