package tare.tests.base.registry_test

import data.tare.lib.image_test as given
import data.tare.rules.base.registry as rule

test_without_a_list_it_does_not_apply if rule.not_applicable == "No list of registries is configured." with input as given.clean

test_allowed_registry_passes if {
	not rule.fail with input as given.clean
		with data.tare.settings.defaults.rules["TARE-BASE-002"].allowed as ["registry.example.com"]
	not rule.fail with input as given.clean
		with data.tare.settings.defaults.rules["TARE-BASE-002"].allowed as ["*.example.com"]
}

test_other_registry_fails if {
	failure := rule.fail with input as given.clean
		with data.tare.settings.defaults.rules["TARE-BASE-002"].allowed as ["docker.io"]
	failure.message == "Built on registry.example.com/base/static:12; bases may come from docker.io."
}

test_no_known_base_is_unknown if {
	rule.unknown with input as given.image({"base": {"root": null, "parent": null, "lineage": []}})
		with data.tare.settings.defaults.rules["TARE-BASE-002"].allowed as ["docker.io"]
}

test_it_needs_the_lineage if rule.needs == {"base.lineage"}

test_scratch_does_not_apply if {
	rule.not_applicable == "The application is not built on an operating system." with input as given.image({"base": {"class": "scratch"}})
		with data.tare.settings.defaults.rules["TARE-BASE-002"].allowed as ["docker.io"]
}
