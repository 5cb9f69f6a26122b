package tare.tests.fresh.image_age_test

import data.tare.lib.image_test as given
import data.tare.rules.fresh.image_age as rule

aged(days) := given.image({"image": {"ageDays": days}})

test_at_the_limit_passes if not rule.fail with input as aged(180)

test_over_the_limit_fails if {
	rule.fail.message == "Built 181 days ago; the limit is 180." with input as aged(181)
}

test_without_a_time_it_is_unknown if {
	outcome := given.outcome("TARE-FRESH-001", given.image({"image": {"created": null, "ageDays": null}}))
	outcome.outcome == "unknown"
	outcome.message == "The image does not say when it was built."
}

test_reproducible_build_is_not_judged if {
	image := given.image({"image": {"created": "1970-01-01T00:00:00Z", "ageDays": 20778}})
	given.outcome("TARE-FRESH-001", image).outcome == "not-applicable"
}
