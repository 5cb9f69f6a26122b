package tare.tests.user.world_writable_test

import data.tare.lib.image_test as given
import data.tare.rules.user.world_writable as rule

writable(paths) := given.image({"worldWritable": [{"path": path, "mode": "0777"} | some path in paths]})

test_temporary_directories_pass if not rule.fail with input as writable(["/tmp", "/var/tmp/x", "/run/lock"])

test_other_files_fail if {
	rule.fail.message == "Everybody may write to /app, /app/run.sh." with input as writable(["/app", "/app/run.sh", "/tmp"])
}

test_gap_is_unknown if given.outcome("TARE-USER-011", given.missing("worldWritable")).outcome == "unknown"
