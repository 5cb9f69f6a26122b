package tare.tests.pkg.required_test

import data.tare.lib.image_test as given
import data.tare.rules.pkg.required as rule

test_without_a_list_it_does_not_apply if rule.not_applicable with input as given.clean

test_it_needs_the_packages if rule.needs == {"packages.count"}

test_installed_package_passes if {
	not rule.fail with input as given.clean
		with data.tare.settings.defaults.rules["TARE-PKG-003"].required as ["tzdata"]
}

test_missing_package_fails if {
	failure := rule.fail with input as given.clean
		with data.tare.settings.defaults.rules["TARE-PKG-003"].required as ["tzdata", "acme-ca"]
	failure.message == "Not installed: acme-ca."
}

test_package_that_could_not_be_read_may_be_there if {
	not rule.fail with input as given.missing("packages")
		with data.tare.settings.defaults.rules["TARE-PKG-003"].required as ["acme-ca"]
}
