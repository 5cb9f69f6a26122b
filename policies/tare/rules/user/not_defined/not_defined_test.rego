package tare.tests.user.not_defined_test

import data.tare.lib.image_test as given
import data.tare.rules.user.not_defined as rule

running_as(user) := given.image({"image": {"config": {"user": user}}})

test_user_of_the_image_passes if not rule.fail with input as running_as("app")

test_other_user_fails if {
	rule.fail.message == "The configured user nobody does not exist in the image." with input as running_as("nobody")
}

test_number_is_not_judged if rule.not_applicable == "The user is a number." with input as running_as("7")

test_no_user_is_not_judged if rule.not_applicable == "No user is configured." with input as running_as(null)

test_unread_accounts_are_unknown if {
	image := object.union(running_as("nobody"), {"gaps": [given.gap("accounts")]})
	given.outcome("TARE-USER-003", image).outcome == "unknown"
}
