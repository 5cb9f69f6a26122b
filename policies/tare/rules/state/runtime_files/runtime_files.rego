# METADATA
# title: Files of running processes
# description: Files that say which process runs are part of the image.
# related_resources:
#   - https://refspecs.linuxfoundation.org/FHS_3.0/fhs/ch03s15.html
# custom:
#   id: TARE-STATE-004
#   severity: low
#   theme: STATE
#   action: cleanup
#   rationale: >-
#     A pid file or a lock from the build keeps a daemon from starting, or makes it signal the wrong process; they show that a service ran
#     while the image was built. The Filesystem Hierarchy Standard wants /run cleared at boot, which no container does. Low, because it gets
#     in the way but opens nothing.
#   remediation: >-
#     Delete them in the RUN that started the service (rm -f /run/*.pid), and mount /run as tmpfs: docker run --tmpfs /run.
#   controls:
#     nist-800-190: ["3.1.2", "4.1.2"]
#   since: 0.1.0
package tare.rules.state.runtime_files

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-STATE-004"

configured := settings.of(id)

needs := {"state"}

found := sort([item.path |
	some item in input.state
	item.kind in configured.kinds
	not item.path in configured.allowed
])

fail := {
	"message": $"Left behind by running processes: {text.names(found)}.",
	"evidence": {"found": found, "allowed": configured.allowed, "identity": found},
} if {
	count(found) > 0
}
