package tare.tests.left.language_caches_test

import data.tare.lib.image_test as given
import data.tare.rules.left.language_caches as rule

holding(kind, bytes) := given.image({"leftovers": [{"kind": kind, "path": "/root/.m2/repository", "bytes": bytes, "files": 1, "hiddenBytes": 0, "inBase": false}]})

test_none_passes if not rule.fail with input as given.clean

test_other_kinds_pass if not rule.fail with input as holding("something-else", 900000000)

test_much_fails if {
	startswith(rule.fail.message, "900 MB of caches in /root/.m2/repository, added above the base; ") with input as holding("jvm-cache", 900000000)
}

test_gap_is_unknown if given.outcome("TARE-LEFT-002", given.missing("leftovers")).outcome == "unknown"
