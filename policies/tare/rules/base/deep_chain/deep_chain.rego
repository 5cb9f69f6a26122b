# METADATA
# title: Chain of bases is deep
# description: More images stand below this one than allowed.
# related_resources:
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-BASE-007
#   severity: low
#   theme: BASE
#   rationale: >-
#     A fix in the lowest image reaches the application only after each image between was rebuilt, in order and by its own owner. NIST SP
#     800-190, 4.1.1, asks to see flaws in all layers, not only in the lowest. The limit of 4 is Tare's own: distribution, runtime and house
#     base are three, and it leaves one more. Low, because it delays fixes and is no flaw. A confidence of 0.5 keeps out what the history
#     alone suggests (0.3).
#   remediation: >-
#     Build on an image further down, or merge house bases that add little: tare lineage BASE shows the chain and what each image of it
#     adds.
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

not_applicable := "Nothing of an operating system is below the application." if bases.scratch

# Images with the same layers are one level.
levels := count({ancestor.layers |
	some ancestor in bases.ancestors
	ancestor.confidence >= configured.minConfidence
})

unknown := "No ancestor of the image is known." if levels == 0

allowed := configured.max

sentence := $"Stands on {text.number(levels, "image")}, and {allowed} are allowed."

fail := {"message": sentence, "evidence": {"found": levels, "allowed": allowed}} if levels > allowed

pass := sentence
