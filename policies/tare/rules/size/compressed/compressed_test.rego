package tare.tests.size.compressed_test

import data.tare.lib.image_test as given
import data.tare.rules.size.compressed as rule

budget := data.tare.settings.defaults.rules["TARE-SIZE-001"].maxBytes

test_at_the_budget_passes if {
	not rule.fail with input as given.image({"size": {"compressed": budget}})
	rule.pass with input as given.clean
}

test_over_the_budget_fails if {
	failure := rule.fail with input as given.image({"size": {"compressed": budget + 1}})
	failure.evidence.found == budget + 1
	failure.evidence.allowed == budget
	count(failure.evidence.layers) == 2
}

test_gap_is_unknown if given.outcome("TARE-SIZE-001", given.missing("size.compressed")).outcome == "unknown"
