package tare.tests.secret.environment_test

import data.tare.lib.image_test as given
import data.tare.rules.secret.environment as rule

holding(kind, path, hidden) := given.image({"secrets": [{"kind": kind, "path": path, "layer": 1, "hidden": hidden}]})

test_none_passes if not rule.fail with input as given.clean

test_others_are_for_other_rules if not rule.fail with input as holding("private-key", "/a.key", false)

test_secret_fails if rule.fail.message == "Named like secrets: DB_PASSWORD." with input as holding("env-name", "DB_PASSWORD", false)

test_gap_is_unknown if given.outcome("TARE-SECRET-001", given.missing("secrets")).outcome == "unknown"
