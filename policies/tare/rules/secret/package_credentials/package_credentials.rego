# METADATA
# title: Credentials of package managers
# description: The login of a package manager was left in the image.
# related_resources:
#   - https://docs.npmjs.com/docker-and-private-modules
#   - https://docs.docker.com/build/building/secrets/
#   - https://cwe.mitre.org/data/definitions/798.html
# custom:
#   id: TARE-SECRET-003
#   severity: critical
#   theme: SECRET
#   action: secret
#   rationale: >-
#     A token for the organisation's own packages lets whoever has it read, and often publish, them: the whole supply chain. Builds copy
#     such files in to install packages, and forget to remove them. Critical, because nothing else is needed to use it: hard-coded
#     credentials, CWE-798.
#   remediation: >-
#     Revoke the token; mount the file for the one RUN that needs it: RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci.
#   controls:
#     cis-docker: ["4.10"]
#     nist-800-190: ["3.1.4", "4.1.4"]
#     kubernetes-hardening: ["secrets"]
#   since: 0.1.0
package tare.rules.secret.package_credentials

import data.tare.lib.secrets
import data.tare.lib.settings

id := "TARE-SECRET-003"

configured := settings.of(id)

needs := {"secrets"}

found := secrets.package_credentials(configured.files)

fail := secrets.failure(found, "In the image") if count(found) > 0
