package tare.tests.state.data_files_test

import data.tare.lib.image_test as given
import data.tare.rules.state.data_files as rule

database(bytes) := given.image({"state": [{"kind": "database-file", "path": "/data/app.sqlite", "bytes": bytes}, {"kind": "log", "path": "/l", "bytes": 1}]})

test_none_passes if not rule.fail with input as given.clean

test_empty_database_passes if not rule.fail with input as database(0)

test_allowed_database_passes if {
	not rule.fail with input as database(1)
		with data.tare.settings.defaults.rules["TARE-STATE-003"].allowed as ["/data/*"]
}

test_database_fails if rule.fail.message == "5.00 MB of data in /data/app.sqlite." with input as database(5000000)

test_gap_is_unknown if given.outcome("TARE-STATE-003", given.missing("state")).outcome == "unknown"
