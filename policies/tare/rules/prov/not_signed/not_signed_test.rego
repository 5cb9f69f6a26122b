package tare.tests.prov.not_signed_test

import data.tare.lib.image_test as given
import data.tare.rules.prov.not_signed as rule

test_attached_passes if not rule.fail with input as given.clean

test_nothing_attached_fails if rule.fail with input as given.image({"provenance": {"signed": false}})

test_not_looked_up_is_unknown if {
	image := object.union(given.image({"provenance": {"signed": false}}), {"gaps": [given.gap("provenance")]})
	given.outcome("TARE-PROV-004", image).outcome == "unknown"
}

test_what_is_there_is_known_whatever_else_is_not if {
	image := object.union(given.image({"provenance": {"signed": true}}), {"gaps": [given.gap("provenance")]})
	given.outcome("TARE-PROV-004", image).outcome == "pass"
}
