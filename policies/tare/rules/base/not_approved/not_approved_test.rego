package tare.tests.base.not_approved_test

import data.tare.lib.image_test as given
import data.tare.rules.base.not_approved as rule

test_no_list_does_not_apply if rule.not_applicable == "No list of approved bases is configured." with input as given.clean

test_approved_base_passes if {
	outcome := given.outcome("TARE-BASE-001", given.clean)
		with data.tare.settings.defaults.rules["TARE-BASE-001"].allowed as ["registry.example.com/base/*"]
	outcome.outcome == "pass"
}

test_other_base_fails if {
	outcome := given.outcome("TARE-BASE-001", given.clean)
		with data.tare.settings.defaults.rules["TARE-BASE-001"].allowed as ["registry.example.com/golden/*"]
	outcome.outcome == "fail"
	outcome.message == "None of registry.example.com/base/static:12 is an approved base."
}

test_no_known_ancestor_is_unknown if {
	orphan := given.image({"base": {"root": null, "parent": null, "lineage": []}})
	outcome := given.outcome("TARE-BASE-001", orphan) with data.tare.settings.defaults.rules["TARE-BASE-001"].allowed as ["x"]
	outcome.outcome == "unknown"
}

test_scratch_does_not_apply if {
	image := given.image({"base": {"class": "scratch"}})
	rule.not_applicable == "The application is not built on an operating system." with input as image
		with data.tare.settings.defaults.rules["TARE-BASE-001"].allowed as ["x"]
}
