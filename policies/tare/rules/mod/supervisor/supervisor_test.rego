package tare.tests.mod.supervisor_test

import data.tare.lib.image_test as given
import data.tare.rules.mod.supervisor as rule

running(names) := given.image({"services": [{"name": name, "path": "/usr/sbin/x"} | some name in names]})

test_daemon_passes if not rule.fail with input as running(["nginx"])

test_supervisor_fails if rule.fail.message == "Holds supervisord." with input as running(["nginx", "supervisord"])

test_gap_is_unknown if given.outcome("TARE-MOD-001", given.missing("services")).outcome == "unknown"
