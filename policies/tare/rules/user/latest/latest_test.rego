package tare.tests.user.latest_test

import data.tare.lib.image_test as given
import data.tare.rules.user.latest as rule

test_version_passes if {
	not rule.fail with input as given.image({"image": {"tags": ["1.2"]}})
	not rule.fail with input as given.image({"image": {"tags": ["1.2", "latest"]}})
}

test_latest_alone_fails if rule.fail.message == "Only latest names the image." with input as given.image({"image": {"tags": ["latest"]}})

test_no_tag_fails if rule.fail.message == "No tag names the image." with input as given.image({"image": {"tags": []}})
