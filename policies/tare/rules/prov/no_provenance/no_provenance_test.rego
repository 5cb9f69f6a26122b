package tare.tests.prov.no_provenance_test

import data.tare.lib.image_test as given
import data.tare.rules.prov.no_provenance as rule

test_attached_passes if not rule.fail with input as given.clean

test_nothing_attached_fails if rule.fail with input as given.image({"provenance": {"attestations": []}})

test_not_looked_up_is_unknown if {
	image := object.union(given.image({"provenance": {"attestations": []}}), {"gaps": [given.gap("provenance")]})
	given.outcome("TARE-PROV-005", image).outcome == "unknown"
}

test_what_is_there_is_known_whatever_else_is_not if {
	image := object.union(given.image({"provenance": {"attestations": ["https://slsa.dev/provenance/v1"]}}), {"gaps": [given.gap("provenance")]})
	given.outcome("TARE-PROV-005", image).outcome == "pass"
}
