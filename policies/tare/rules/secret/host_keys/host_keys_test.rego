package tare.tests.secret.host_keys_test

import data.tare.lib.image_test as given
import data.tare.rules.secret.host_keys as rule

holding(kind, path, hidden) := given.image({"secrets": [{"kind": kind, "path": path, "layer": 1, "hidden": hidden}]})

test_none_passes if not rule.fail with input as given.clean

test_others_are_for_other_rules if not rule.fail with input as holding("private-key", "/app/tls.key", false)

test_secret_fails if rule.fail.message == "In the image: /etc/ssh/ssh_host_rsa_key." with input as holding("private-key", "/etc/ssh/ssh_host_rsa_key", false)

test_gap_is_unknown if given.outcome("TARE-SECRET-004", given.missing("secrets")).outcome == "unknown"
