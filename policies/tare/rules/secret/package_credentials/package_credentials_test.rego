package tare.tests.secret.package_credentials_test

import data.tare.lib.image_test as given
import data.tare.rules.secret.package_credentials as rule

holding(kind, path, hidden) := given.image({"secrets": [{"kind": kind, "path": path, "layer": 1, "hidden": hidden}]})

test_none_passes if not rule.fail with input as given.clean

test_others_are_for_other_rules if not rule.fail with input as holding("credential-file", "/root/.aws/credentials", false)

test_secret_fails if rule.fail.message == "In the image: /root/.npmrc." with input as holding("credential-file", "/root/.npmrc", false)

test_gap_is_unknown if given.outcome("TARE-SECRET-003", given.missing("secrets")).outcome == "unknown"
