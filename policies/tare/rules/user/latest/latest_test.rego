package tare.tests.user.latest_test

import data.tare.lib.image_test as given
import data.tare.rules.user.latest as rule

test_version_passes if {
	not rule.fail with input as given.image({"image": {"tags": ["1.2"]}})
	not rule.fail with input as given.image({"image": {"tags": ["1.2", "latest"]}})
}

test_latest_alone_fails if rule.fail.message == "Only latest names the image." with input as given.image({"image": {"tags": ["latest"]}})

test_layouts_archives_and_engines_are_not_judged if {
	every registry in {"oci:/builds/app", "docker-archive:/builds/app.tar", "docker-daemon:", "podman:"} {
		given.outcome("TARE-USER-008", given.image({"image": {"registry": registry, "tags": []}})).outcome == "not-applicable"
	}
}

test_registry_whose_host_is_called_like_a_place_is_judged if {
	every registry in {"oci:5000", "podman:5000"} {
		rule.fail with input as given.image({"image": {"registry": registry, "tags": ["latest"]}})
		not rule.not_applicable with input as given.image({"image": {"registry": registry, "tags": ["latest"]}})
	}
}

test_no_tag_fails if rule.fail.message == "No tag names the image." with input as given.image({"image": {"tags": []}})
