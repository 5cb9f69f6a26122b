package tare.tests.layer.wasted_test

import data.tare.lib.image_test as given
import data.tare.rules.layer.wasted as rule

wasting(bytes) := given.image({"size": {"wasted": bytes}, "layers": [object.union(given.clean.layers[0], {"wasted": bytes})]})

test_at_the_budget_passes if {
	not rule.fail with input as wasting(20000000)
	rule.pass == "20.0 MB are wasted; the limit is 20.0 MB." with input as wasting(20000000)
}

test_over_the_budget_fails_and_names_the_layer if {
	failure := rule.fail with input as wasting(20000001)
	failure.evidence.layers[0].layer == 0
	failure.evidence.layers[0].inBase == true
}

test_gap_is_unknown if given.outcome("TARE-LAYER-003", given.missing("layers")).outcome == "unknown"
