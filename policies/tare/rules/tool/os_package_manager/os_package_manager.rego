# METADATA
# title: Image holds an OS package manager
# description: A package manager of the distribution is in the image.
# related_resources:
#   - https://github.com/GoogleContainerTools/distroless#why-should-i-use-distroless-images
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
#   - https://attack.mitre.org/techniques/T1105/
#   - https://github.com/stackrox/stackrox/tree/master/pkg/defaults/policies/files
# custom:
#   id: TARE-TOOL-002
#   severity: high
#   theme: TOOL
#   action: base
#   rationale: >-
#     Whoever gets into the container can install what was kept out of the image (ATT&CK T1105), and the package manager comes with
#     databases, keys and scripts. NIST SP 800-190, 4.1.2, wants containers to be immutable: replaced, not updated in place. High, because
#     it can install every other tool; StackRox lists apk, apt and rpm too, with low, since most images contain one.
#     Applets that only unpack (dpkg-deb, rpm and rpm2cpio of busybox) are none, nor is the applet dpkg in an image without the database of
#     dpkg: it refuses to work there.
#   remediation: >-
#     Build in one stage, and in the last copy into a base without a package manager: FROM gcr.io/distroless/base-debian12, COPY
#     --from=build /out/api /api.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.tool.os_package_manager

import data.tare.lib.facts
import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-002"

configured := settings.of(id)

needs := {"tools"}

denied := [tool |
	some tool in tools.denied(input.tools, configured)
	not idle(tool)
]

# An applet that refuses to work without a database that the image does not have.
idle(tool) if {
	tool.kind == "applet"
	manager := configured.appletsNeedDatabase[tool.name]
	not manager in input.packages.managers
	facts.whole("packages.managers")
}

fail := tools.failure(denied, "OS package manager", configured) if count(denied) > 0
