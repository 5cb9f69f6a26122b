package tare.tests.user.labels_test

import data.tare.lib.image_test as given
import data.tare.rules.user.labels as rule

test_without_a_list_it_does_not_apply if rule.not_applicable with input as given.clean

test_label_or_annotation_passes if {
	not rule.fail with input as given.image({"image": {"annotations": {"b": "2"}, "labels": {"a": "1"}}})
		with data.tare.settings.defaults.rules["TARE-USER-009"].required as ["a", "b"]
}

test_missing_or_empty_label_fails if {
	failure := rule.fail with input as given.image({"image": {"labels": {"a": " "}}})
		with data.tare.settings.defaults.rules["TARE-USER-009"].required as ["a", "b"]
	failure.message == "Missing: a, b."
}
