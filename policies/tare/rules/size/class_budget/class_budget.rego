# METADATA
# title: Over the budget of its base class
# description: The image is heavier than images on its kind of base should be.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: TARE-SIZE-006
#   severity: low
#   theme: SIZE
#   rationale: >-
#     Whoever chose a minimal base meant the image to be small. The budgets are Tare's own: some ten times the base itself
#     (distroless static 1 MB and base 9 MB, Alpine 3.4 MB, busybox 2 MB, debian slim 29 MB, compressed), which is room for an
#     application and its libraries.
#   remediation: >-
#     See which layer brings the weight (tare inspect); most often caches, sources or a second runtime.
#   controls: {}
#   since: 0.1.0
package tare.rules.size.class_budget

import data.tare.lib.bases
import data.tare.lib.facts
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-SIZE-006"

configured := settings.of(id)

needs := {"base.class", "size.compressed"}

class := input.base.class

allowed := configured.budgets[class]

not_applicable := sprintf("There is no budget for bases of the kind %s.", [class]) if not class in object.keys(configured.budgets)

found := input.size.compressed

sentence := sprintf("%s to pull, and %s are allowed on a base of the kind %s%s.", [text.bytes(found), text.bytes(allowed), class, bases.os_in_brackets])

fail := {"message": sentence, "evidence": {"found": found, "allowed": allowed, "class": class}} if {
	found > allowed
	facts.whole("base.class")
}

pass := sentence
