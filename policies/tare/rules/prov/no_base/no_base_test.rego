package tare.tests.prov.no_base_test

import data.tare.lib.image_test as given
import data.tare.rules.prov.no_base as rule

test_stated_base_passes if {
	not rule.fail with input as given.clean
	not rule.fail with input as given.image({"base": {"annotated": {"name": null}}})
}

test_nothing_stated_fails if rule.fail with input as given.image({"base": {"annotated": null}})

test_scratch_does_not_apply if rule.not_applicable with input as given.image({"base": {"class": "scratch"}})

test_root_base_does_not_apply if {
	image := given.image({
		"base": {"root": null, "parent": null, "lineage": [], "annotated": null, "boundaries": [], "knownAsBase": ["images"]},
		"layerCount": 1,
	})
	startswith(rule.not_applicable, "The image is a base itself: others are built on it") with input as image
}
