package tare.tests.base.not_minimal_test

import data.tare.lib.image_test as given
import data.tare.rules.base.not_minimal as rule

of_class(name) := given.image({"base": {"class": name}})

test_minimal_kinds_pass if {
	every name in ["scratch", "distroless", "chiselled", "micro", "wolfi", "alpine", "busybox"] {
		not rule.fail with input as of_class(name)
	}
}

test_full_distribution_fails if {
	failure := rule.fail with input as of_class("full")
	startswith(failure.message, "The base is of the kind full (Debian GNU/Linux 12 (bookworm)); allowed kinds: scratch, ")
}

test_unknown_kind_is_unknown if given.outcome("TARE-BASE-004", of_class("unknown")).outcome == "unknown"

test_unread_layer_is_unknown if {
	given.outcome("TARE-BASE-004", object.union(of_class("full"), {"gaps": [given.gap("layers")]})).outcome == "unknown"
}
