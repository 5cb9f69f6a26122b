# METADATA
# title: Chain of bases is deep
# description: The image is built on a longer chain of images than allowed.
# related_resources:
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-BASE-007
#   severity: low
#   theme: BASE
#   action: base
#   rationale: >-
#     A fix in the lowest image reaches the application only after each image in between was rebuilt, in order, by its own owner. NIST SP
#     800-190, 4.1.1, asks for flaws to be looked for in all layers, not only in the lowest. The limit of 4 is Tare's own: distribution,
#     runtime and a company base make three, which leaves room for one more. Low, because it delays fixes but is not a flaw. A confidence of
#     0.5 leaves out what only the history suggests (0.3, 0.4).
#   remediation: >-
#     Build on an image further down the chain, or merge company bases that add little: tare lineage BASE shows the chain and what each
#     image of it adds.
#   controls:
#     nist-800-190: ["3.1.1", "4.1.1"]
#     kubernetes-hardening: ["upgrades"]
#   since: 0.1.0
package tare.rules.base.deep_chain

import data.tare.lib.bases
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-BASE-007"

configured := settings.of(id)

needs := {"base.lineage"}

not_applicable := "The application is not built on an operating system." if {
	bases.scratch
} else := bases.root

# Images with the same layers are one level.
levels := count({ancestor.layers |
	some ancestor in bases.ancestors
	ancestor.confidence >= configured.minConfidence
})

unknown := "No ancestor of the image is known." if levels == 0

allowed := configured.max

sentence := $"Built on a chain of {text.number(levels, "image")}; the limit is {allowed}."

fail := {"message": sentence, "evidence": {"found": levels, "allowed": allowed}} if levels > allowed

pass := sentence
