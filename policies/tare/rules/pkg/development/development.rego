# METADATA
# title: Development packages
# description: Headers and other packages for building are installed.
# related_resources:
#   - https://docs.docker.com/build/building/multi-stage/
#   - https://packages.debian.org/bookworm/libssl-dev
# custom:
#   id: TARE-PKG-004
#   severity: low
#   theme: PKG
#   action: stages
#   rationale: >-
#     Only compilers need headers and static libraries, and scanners report each flaw of the library a second time for its -dev package;
#     libssl-dev alone takes 13 MB on Debian 12 (Installed-Size). Names say what they are: -dev in Debian and Alpine, -devel in the rpm
#     family; max is 0. Low, because nothing runs them.
#   remediation: >-
#     Build in stages; or install, build and purge in one RUN: apk add --no-cache --virtual .build gcc musl-dev && make && apk del .build.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.pkg.development

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-PKG-004"

configured := settings.of(id)

needs := {"packages.count"}

found := [item |
	some item in input.packages.items
	for_building(item.name)
	item.type in configured.types
	not item.name in configured.allowed
]

for_building(name) if names[name]

for_building(name) if {
	some ending in configured.endings
	endswith(name, ending)
}

names contains name if some name in configured.names

fail := {
	"message": $"{text.number(count(found), "development package")}: {listed}{text.brought(found)}.",
	"evidence": {
		"found": count(found),
		"allowed": configured.max,
		"origin": text.origin(found),
		"identity": {item.name | some item in found},
		"items": array.slice(found, 0, 50),
	},
} if {
	count(found) > configured.max
	listed := text.names(sort({item.name | some item in found}))
}
