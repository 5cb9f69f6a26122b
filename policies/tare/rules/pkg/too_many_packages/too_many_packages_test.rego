package tare.tests.pkg.too_many_packages_test

import data.tare.lib.image_test as given
import data.tare.rules.pkg.too_many_packages as rule

holding(n, added) := given.image({"packages": {"count": n, "addedOverBase": added}})

test_at_the_limit_passes if not rule.fail with input as holding(150, 60)

test_over_the_limit_fails if {
	rule.fail.message == "151 packages, 60 of them added over the base; the limit is 150." with input as holding(151, 60)
}

test_unknown_base_is_not_mentioned if {
	rule.fail.message == "151 packages; the limit is 150." with input as holding(151, null)
}

test_gap_is_unknown if given.outcome("TARE-PKG-001", given.missing("packages")).outcome == "unknown"
