package tare.tests.layer.efficiency_test

import data.tare.lib.image_test as given
import data.tare.rules.layer.efficiency as rule

efficient(share, wasted) := given.image({"size": {"efficiency": share, "wasted": wasted}})

test_at_the_threshold_passes if not rule.fail with input as efficient(0.9, 2000000)

test_below_the_threshold_fails if {
	failure := rule.fail with input as efficient(0.755, 21500000)
	failure.message == "Efficiency is 75.5 % (required: at least 90.0 %); 21.5 MB are wasted."
}

test_few_bytes_pass if {
	not rule.fail with input as efficient(0.4, 999999)
	rule.fail with input as efficient(0.4, 1000000)
	given.outcome("TARE-LAYER-002", efficient(0.4, 3000)).message == "Efficiency is 40.0 % (required: at least 90.0 %); 3.00 kB are wasted."
}

test_incomplete_share_is_unknown if {
	image := object.union(efficient(0.5, 2000000), {"gaps": [given.gap("layers")]})
	given.outcome("TARE-LAYER-002", image).outcome == "unknown"
}
