package tare.tests.mod.daemons_test

import data.tare.lib.image_test as given
import data.tare.rules.mod.daemons as rule

running(names) := given.image({"services": [{"name": name, "path": "/usr/sbin/x"} | some name in names]})

test_one_passes if not rule.fail with input as running(["nginx", "cron", "supervisord"])

test_two_fail if {
	rule.fail.message == "2 daemons (nginx, php-fpm); the limit is 1."
		with input as running(["php-fpm", "nginx", "nginx"])
}

test_gap_is_unknown if given.outcome("TARE-MOD-002", given.missing("services")).outcome == "unknown"
