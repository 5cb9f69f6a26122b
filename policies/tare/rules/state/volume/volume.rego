# METADATA
# title: Declared volume
# description: The image declares volumes.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#volume
#   - https://kubernetes.io/docs/concepts/storage/volumes/
# custom:
#   id: TARE-STATE-002
#   severity: note
#   theme: STATE
#   action: configuration
#   rationale: >-
#     Each container that is started without a mount there gets an anonymous volume that nobody deletes, and what later build steps write
#     below it is lost. A note: databases declare where their data is, and Kubernetes ignores it.
#   remediation: >-
#     Remove the VOLUME line and say in the documentation what to mount: docker run -v data:/var/lib/app.
#   controls: {}
#   since: 0.1.0
package tare.rules.state.volume

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-STATE-002"

configured := settings.of(id)

declared := sort([volume | some volume in input.image.config.volumes; not volume in configured.allowed])

fail := {
	"message": $"Declares {text.names(declared)}.",
	"evidence": {"found": declared, "allowed": configured.allowed, "identity": declared},
} if {
	count(declared) > 0
}
