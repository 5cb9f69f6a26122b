package tare.tests.size.uncompressed_test

import data.tare.lib.image_test as given
import data.tare.rules.size.uncompressed as rule

budget := data.tare.settings.defaults.rules["TARE-SIZE-002"].maxBytes

test_at_the_budget_passes if {
	not rule.fail with input as given.image({"size": {"uncompressed": budget}})
	rule.pass with input as given.clean
}

test_over_the_budget_fails if {
	failure := rule.fail with input as given.image({"size": {"uncompressed": budget + 1}})
	failure.evidence.found == budget + 1
	failure.evidence.allowed == budget
	count(failure.evidence.layers) == 2
}

test_gap_is_unknown if given.outcome("TARE-SIZE-002", given.missing("size.uncompressed")).outcome == "unknown"
