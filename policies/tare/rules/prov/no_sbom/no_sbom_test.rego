package tare.tests.prov.no_sbom_test

import data.tare.lib.image_test as given
import data.tare.rules.prov.no_sbom as rule

test_attached_passes if not rule.fail with input as given.clean

test_nothing_attached_fails if rule.fail with input as given.image({"provenance": {"sbom": false}})

test_not_looked_up_is_unknown if {
	image := object.union(given.image({"provenance": {"sbom": false}}), {"gaps": [given.gap("provenance")]})
	given.outcome("TARE-PROV-003", image).outcome == "unknown"
}

test_what_is_there_is_known_whatever_else_is_not if {
	image := object.union(given.image({"provenance": {"sbom": true}}), {"gaps": [given.gap("provenance")]})
	given.outcome("TARE-PROV-003", image).outcome == "pass"
}
