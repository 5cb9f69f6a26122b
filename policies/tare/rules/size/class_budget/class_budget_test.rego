package tare.tests.size.class_budget_test

import data.tare.lib.image_test as given
import data.tare.rules.size.class_budget as rule

weighing(class, bytes) := given.image({"base": {"class": class}, "size": {"compressed": bytes}})

test_within_the_budget_passes if {
	not rule.fail with input as weighing("distroless", 120000000)
	rule.pass == "24.0 MB to pull; the limit on a base of the kind distroless (Debian GNU/Linux 12 (bookworm)) is 120 MB."
		with input as given.clean
}

test_over_the_budget_fails if rule.fail.evidence.allowed == 120000000 with input as weighing("distroless", 120000001)

test_class_without_budget_does_not_apply if {
	rule.not_applicable == "There is no budget for bases of the kind full." with input as weighing("full", 1)
}

test_gap_is_unknown if given.outcome("TARE-SIZE-006", given.missing("base.class")).outcome == "unknown"
