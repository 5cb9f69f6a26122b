package tare.tests.size.added_test

import data.tare.lib.image_test as given
import data.tare.rules.size.added as rule

test_at_the_budget_passes if {
	not rule.fail with input as given.image({"size": {"addedOverBase": 150000000}})
	rule.pass == "12.0 MB were added over the base, and 150 MB are allowed." with input as given.clean
}

test_over_the_budget_fails if rule.fail with input as given.image({"size": {"addedOverBase": 150000001}})

test_unknown_base_is_unknown if rule.unknown with input as given.image({"size": {"addedOverBase": null}})

test_scratch_does_not_apply if rule.not_applicable with input as given.image({"base": {"class": "scratch"}})
