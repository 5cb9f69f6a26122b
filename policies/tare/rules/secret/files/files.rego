# METADATA
# title: Private key or credential file
# description: A private key or a file with credentials is in the image.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
#   - https://attack.mitre.org/techniques/T1552/004/
#   - https://cwe.mitre.org/data/definitions/798.html
#   - https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-190.pdf
# custom:
#   id: TARE-SECRET-002
#   severity: critical
#   theme: SECRET
#   action: secret
#   rationale: >-
#     Everybody who can pull the image has the key (ATT&CK T1552.004), for good: deleting it in a later layer only hides it. Critical,
#     because nothing else is needed to use it: hard-coded credentials, CWE-798. Files are recognised by name and content (a PEM header, a
#     token), so public keys and empty templates do not count.
#   remediation: >-
#     Revoke it; pass secrets at run time (a mounted Kubernetes Secret), and to builds with RUN
#     --mount=type=secret,id=key,target=/root/.ssh/id_ed25519 git clone ….
#   controls:
#     cis-docker: ["4.10"]
#     nist-800-190: ["3.1.4", "4.1.4"]
#     kubernetes-hardening: ["secrets"]
#   since: 0.1.0
package tare.rules.secret.files

import data.tare.lib.bases
import data.tare.lib.secrets
import data.tare.lib.settings

id := "TARE-SECRET-002"

configured := settings.of(id)

needs := {"secrets"}

found := [secret |
	some secret in input.secrets
	secret.kind in {"private-key", "credential-file"}
	not secret in secrets.host_keys
	not secret in secrets.package_credentials(configured.packageManagers)
	not allowed(secret.path)
]

allowed(path) if {
	some pattern in configured.allowed
	bases.fits(path, pattern)
}

fail := secrets.failure(found, "In the image") if count(found) > 0
