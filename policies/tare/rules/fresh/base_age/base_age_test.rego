package tare.tests.fresh.base_age_test

import data.tare.lib.image_test as given
import data.tare.rules.fresh.base_age as rule

built(at) := given.image({"image": {"history": [object.union(given.step("base", 0), {"created": at}), given.step("app", 1)]}})

test_young_base_passes if {
	not rule.fail with input as built("2026-08-23T00:00:00Z")
	rule.pass == "Base registry.example.com/base/static:12 was built 20 days ago; the limit is 90." with input as given.clean
}

test_old_base_fails if {
	rule.fail.message == "Base registry.example.com/base/static:12 was built 91 days ago; the limit is 90."
		with input as built("2026-08-22T23:59:59Z")
}

test_leap_years_are_counted if rule.fail.evidence.found == 997 with input as built("2024-02-28T00:00:00Z")

test_unknown_base_is_unknown if rule.unknown == "No ancestor of the image is known." with input as given.image({"base": {"parent": null}})

test_silent_history_is_unknown if rule.unknown == "The history does not say when the base was built." with input as built(null)

test_fixed_time_is_unknown if {
	rule.unknown == "The base states a fixed time, as reproducible builds do."
		with input as built("1970-01-01T00:00:00Z")
}

test_scratch_does_not_apply if rule.not_applicable with input as given.image({"base": {"class": "scratch"}})

test_root_base_does_not_apply if {
	image := given.image({
		"base": {"root": null, "parent": null, "lineage": [], "annotated": null, "boundaries": [], "knownAsBase": ["images"]},
		"layerCount": 1,
	})
	startswith(rule.not_applicable, "The image is a base itself: others are built on it") with input as image
}
