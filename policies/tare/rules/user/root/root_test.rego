package tare.tests.user.root_test

import data.tare.lib.image_test as given
import data.tare.rules.user.root as rule

running_as(user) := given.image({"image": {"config": {"user": user}}})

test_number_passes if {
	not rule.fail with input as running_as("10001:10001")
	count(rule.needs) == 0 with input as running_as("10001:10001")
}

test_no_user_fails if {
	rule.fail.message == "No user is configured, so a container runs as root." with input as running_as(null)
	rule.fail with input as running_as("")
	rule.fail with input as running_as(":0")
}

test_root_by_any_name_fails if {
	rule.fail.message == "The configured user root:root is root." with input as running_as("root:root")
	rule.fail with input as running_as("0")
	rule.fail with input as running_as("000")
	rule.fail with input as object.union(running_as("toor"), {"accounts": {"users": [{
		"name": "toor",
		"uid": 0,
		"gid": 0,
		"shell": null,
		"login": false,
		"passwordEmpty": false,
	}]}})
}

test_name_needs_the_accounts if {
	not rule.fail with input as running_as("app")
	rule.needs == {"accounts"} with input as running_as("app")
}

test_windows_has_no_root if rule.not_applicable with input as given.image({"image": {"platform": {"os": "windows"}}})
