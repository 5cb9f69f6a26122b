package tare.tests.env.tests_test

import data.tare.lib.image_test as given
import data.tare.rules.env.tests as rule

test_none_passes if not rule.fail with input as given.clean

test_system_package_of_that_name_passes if not rule.fail with input as given.image({"packages": {"items": [given.installed("coverage")]}})

test_left_caches_fail if {
	rule.fail.message == "For tests only: /app/.pytest_cache." with input as given.image({"leftovers": [{"kind": "test-cache", "path": "/app/.pytest_cache", "bytes": 100, "files": 2, "hiddenBytes": 0, "inBase": false}]})
}

test_frameworks_fail if {
	rule.fail.message == "For tests only: jest, org.junit:junit." with input as given.image({"packages": {"items": [object.union(given.installed("jest"), {"type": "npm"}), object.union(given.installed("org.junit:junit"), {"type": "maven"})]}})
}

test_gap_is_unknown if given.outcome("TARE-ENV-004", given.missing("packages")).outcome == "unknown"
