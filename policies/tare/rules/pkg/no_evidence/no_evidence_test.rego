package tare.tests.pkg.no_evidence_test

import data.tare.lib.image_test as given
import data.tare.rules.pkg.no_evidence as rule

test_database_passes if not rule.fail with input as given.clean

test_none_fails if rule.fail with input as given.image({"packages": {"managers": []}})

test_what_lies_beside_a_system_says_nothing_of_it if {
	rule.fail.evidence.found == ["conda"] with input as given.image({"packages": {"managers": ["conda"]}})
	not rule.fail with input as given.image({"packages": {"managers": ["conda", "dpkg"]}})
	not rule.fail with input as given.image({"packages": {"managers": ["sbom"]}})
}

test_scratch_does_not_apply if rule.not_applicable with input as given.image({"base": {"class": "scratch"}})

test_gap_is_unknown if {
	given.outcome("TARE-PKG-006", given.image({"packages": {"managers": []}, "gaps": [given.gap("packages")]})).outcome == "unknown"
}
