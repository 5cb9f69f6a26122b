# METADATA
# title: Layers above the base over budget
# description: The layers above the base are larger than allowed.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
#   - https://packages.debian.org/bookworm/openjdk-17-jre-headless
# custom:
#   id: TARE-SIZE-003
#   severity: medium
#   theme: SIZE
#   action: stages
#   rationale: >-
#     What a team adds is what it can change; the size of the base is up to its maintainers. The budget of 150 MB, compressed, is Tare's
#     own: Debian's JRE is 44 MB to pull and its Go toolchain 63 MB; apache2 with all lists and caches left behind adds 98 MB (measured).
#     Medium, because every pull pays for it.
#   remediation: >-
#     Build in stages and copy only the result (COPY --from=build /out /app); leave caches, sources and documentation out.
#   controls: {}
#   since: 0.1.0
package tare.rules.size.added

import data.tare.lib.bases
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-SIZE-003"

configured := settings.of(id)

needs := {"size.addedOverBase"}

not_applicable := "The application is not built on an operating system; the whole image counts (TARE-SIZE-001)." if {
	bases.scratch
} else := concat(" ", [bases.root, "The whole image counts (TARE-SIZE-001)."])

found := input.size.addedOverBase

allowed := configured.maxBytes

unknown := "No ancestor of the image is known, so what was added to it is not known either." if {
	not is_number(found)
	count(bases.ancestors) == 0
}

unknown := concat("", ["The layers of ", concat(", ", names), " are not known, so what was added to them is not known either."]) if {
	not is_number(found)
	names := {ancestor.reference | some ancestor in bases.ancestors}
	count(names) > 0
}

sentence := $"{text.bytes(found)} were added over the base; the limit is {text.bytes(allowed)}." if is_number(found)

fail := {"message": sentence, "evidence": {"found": found, "allowed": allowed, "origin": "image"}} if {
	is_number(found)
	found > allowed
}

pass := sentence
