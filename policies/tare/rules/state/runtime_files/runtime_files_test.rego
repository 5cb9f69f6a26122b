package tare.tests.state.runtime_files_test

import data.tare.lib.image_test as given
import data.tare.rules.state.runtime_files as rule

test_logs_are_not_judged_here if not rule.fail with input as given.image({"state": [{"kind": "log", "path": "/var/log/x", "bytes": 1}]})

test_pid_file_fails if {
	rule.fail.message == "Left behind by running processes: /run/app.pid." with input as given.image({"state": [{"kind": "pid", "path": "/run/app.pid", "bytes": 2}]})
}

test_gap_is_unknown if given.outcome("TARE-STATE-004", given.missing("state")).outcome == "unknown"
