package tare.tests.prov.no_base_test

import data.tare.lib.image_test as given
import data.tare.rules.prov.no_base as rule

test_stated_base_passes if {
	not rule.fail with input as given.clean
	not rule.fail with input as given.image({"base": {"annotated": {"name": null}}})
}

test_nothing_stated_fails if rule.fail with input as given.image({"base": {"annotated": null}})

test_scratch_does_not_apply if rule.not_applicable with input as given.image({"base": {"class": "scratch"}})
