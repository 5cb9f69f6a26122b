package tare.tests.fresh.created_missing_test

import data.tare.lib.image_test as given
import data.tare.rules.fresh.created_missing as rule

test_time_passes if not rule.fail with input as given.clean

test_no_time_fails if rule.fail with input as given.image({"image": {"created": null, "ageDays": null}})

test_unreadable_time_is_unknown if {
	image := object.union(given.missing("image.created"), {"image": {"created": null, "ageDays": null}})
	given.outcome("TARE-FRESH-003", image).outcome == "unknown"
}
