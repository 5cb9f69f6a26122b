package tare.tests.base.end_of_life_test

import data.tare.lib.image_test as given
import data.tare.rules.base.end_of_life as rule

until(date) := given.image({"base": {"os": {"eol": date}}})

test_maintained_release_passes if {
	not rule.fail with input as until("2026-11-21")
	rule.pass == "Debian GNU/Linux 12 (bookworm) is maintained until 2028-06-30." with input as given.clean
}

test_release_past_its_end_fails if {
	rule.fail.message == "Debian GNU/Linux 12 (bookworm) reached its end of life on 2026-11-20." with input as until("2026-11-20")
}

test_unknown_date_is_unknown if {
	outcome := given.outcome("TARE-BASE-010", until(null))
	outcome.outcome == "unknown"
	outcome.message == "The end of life of Debian GNU/Linux 12 (bookworm) is not known."
}

test_release_without_a_pretty_name if {
	given.outcome("TARE-BASE-010", given.image({"base": {"os": {"eol": null, "prettyName": null}}})).message == "The end of life of debian 12 is not known."
}

test_rolling_release_does_not_apply if {
	rule.not_applicable == "Wolfi is a rolling release." with input as given.image({"base": {"os": {"id": "wolfi", "prettyName": "Wolfi", "eol": null}}})
}

test_no_distribution_does_not_apply if {
	given.outcome("TARE-BASE-010", given.image({"base": {"os": null}})).outcome == "not-applicable"
}

test_unread_distribution_is_unknown if {
	image := object.union(given.image({"base": {"os": null}}), {"gaps": [given.gap("base.os")]})
	given.outcome("TARE-BASE-010", image).outcome == "unknown"
}
