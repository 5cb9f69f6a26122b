# METADATA
# title: Secret in environment or history
# description: A variable or build argument that looks like a secret has a value.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
#   - https://www.cisecurity.org/benchmark/docker
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-SECRET-001
#   severity: high
#   theme: SECRET
#   action: secret
#   rationale: >-
#     Environment and history are part of the image's config: whoever can pull it can read them, and later builds keep them. CIS Docker
#     Benchmark 4.10 and NIST SP 800-190, 4.1.4, ask for secrets to be kept out. Names are judged; values never leave the scan. High and not
#     critical, because a name may turn out to be harmless.
#   remediation: >-
#     Revoke the secret; pass secrets at run time, and to builds with RUN --mount=type=secret,id=token sh -c 'TOKEN=$(cat
#     /run/secrets/token) make'. Names that are harmless: settings.rules.TARE-SECRET-001.allowed.
#   controls:
#     cis-docker: ["4.10"]
#     nist-800-190: ["3.1.4", "4.1.4"]
#     kubernetes-hardening: ["secrets"]
#   since: 0.1.0
package tare.rules.secret.environment

import data.tare.lib.secrets
import data.tare.lib.settings

id := "TARE-SECRET-001"

configured := settings.of(id)

needs := {"secrets"}

found := [secret |
	some secret in input.secrets
	secret.kind == "env-name"
	not secret.path in configured.allowed
]

fail := secrets.failure(found, "Named like secrets") if count(found) > 0
