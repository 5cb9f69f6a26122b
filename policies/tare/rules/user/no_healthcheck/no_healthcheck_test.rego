package tare.tests.user.no_healthcheck_test

import data.tare.lib.image_test as given
import data.tare.rules.user.no_healthcheck as rule

checked_by(test) := given.image({"image": {"config": {"healthcheck": test}}})

test_health_check_passes if not rule.fail with input as checked_by(["CMD", "/app", "health"])

test_none_fails if {
	rule.fail with input as checked_by(null)
	rule.fail with input as checked_by([])
	rule.fail with input as checked_by(["NONE"])
}
