# METADATA
# title: Over the budget of its base class
# description: The image is larger than images on its kind of base should be.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: TARE-SIZE-006
#   severity: low
#   theme: SIZE
#   action: cleanup
#   rationale: >-
#     Whoever chooses a minimal base wants a small image. Compressed, the bases themselves take (measured): busybox 0.9 MB, distroless
#     static 0.7 MB, Alpine 3.5 MB, AlmaLinux micro 6.9 MB, minimal Debian 12 42 MB. The budgets are Tare's own: 100 MB without a
#     distribution, 120 MB on distroless, chiselled and Alpine, 150 MB on Wolfi and 200 MB on micro leave 100 MB or more for runtime and
#     application, and 250 MB on slim is the same as TARE-SIZE-001. Low, because TARE-SIZE-001 judges the size itself.
#   remediation: >-
#     Find the largest layers (tare inspect IMAGE); it is usually caches, sources or a second runtime.
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

not_applicable := $"There is no budget for bases of the kind {class}." if not class in object.keys(configured.budgets)

found := input.size.compressed

sentence := $"{text.bytes(found)} to pull; the limit on a base of the kind {class}{bases.os_in_brackets} is {text.bytes(allowed)}." if {
	is_number(found)
	is_number(allowed)
}

fail := {"message": sentence, "evidence": {"found": found, "allowed": allowed, "class": class}} if {
	found > allowed
	facts.whole("base.class")
}

pass := sentence
