package tare.tests.user.workdir_test

import data.tare.lib.image_test as given
import data.tare.rules.user.workdir as rule

working_in(directory) := given.image({"image": {"config": {"workingDir": directory}}})

test_own_directory_passes if {
	not rule.fail with input as working_in("/app")
	not rule.fail with input as working_in("/usr/src/app")
	not rule.fail with input as working_in("/")
}

test_relative_directory_fails if rule.fail.message == "The working directory app is relative." with input as working_in("app")

test_system_directory_fails if rule.fail.message == "The working directory /etc/ belongs to the system." with input as working_in("/etc/")

test_none_does_not_apply if rule.not_applicable == "No working directory is configured." with input as working_in(null)

test_windows_does_not_apply if rule.not_applicable with input as given.image({"image": {"platform": {"os": "windows"}}})
