package tare.tests.user.not_numeric_test

import data.tare.lib.image_test as given
import data.tare.rules.user.not_numeric as rule

running_as(user) := given.image({"image": {"config": {"user": user}}})

test_number_passes if not rule.fail with input as running_as("10001:app")

test_name_fails if rule.fail.message == "The configured user app is a name, not a number." with input as running_as("app:10001")

test_no_user_is_not_judged if {
	rule.not_applicable with input as running_as(null)
	rule.not_applicable with input as running_as("")
}
