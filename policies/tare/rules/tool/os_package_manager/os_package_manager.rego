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
#   rationale: >-
#     Whoever gets into the container can install what the image was kept free of (ATT&CK T1105), and the package manager brings its own
#     databases, keys and scripts. NIST SP 800-190, 4.1.2, wants containers run in an immutable manner: replaced, not updated in place.
#     High, because with it no other tool has to be there; StackRox names apk, apt and rpm too, with low, since most images hold one.
#   remediation: >-
#     Build in one stage, copy into a base without a package manager in the last: FROM gcr.io/distroless/base-debian12, COPY --from=build
#     /out/api /api.
#   controls:
#     cis-docker: ["4.3"]
#     nist-800-190: ["3.1.2", "4.1.2"]
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.tool.os_package_manager

import data.tare.lib.settings
import data.tare.lib.tools

id := "TARE-TOOL-002"

configured := settings.of(id)

needs := {"tools"}

denied := tools.denied(input.tools, configured)

fail := tools.failure(denied, "OS package manager", configured) if count(denied) > 0
