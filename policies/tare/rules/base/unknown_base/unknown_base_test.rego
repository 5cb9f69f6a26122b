package tare.tests.base.unknown_base_test

import data.tare.lib.image_test as given
import data.tare.rules.base.unknown_base as rule

test_known_parent_passes if not rule.fail with input as given.clean

test_no_ancestor_fails if {
	failure := rule.fail with input as given.image({"base": {"root": null, "parent": null, "lineage": []}})
	failure.message == "No ancestor of the image is known."
	failure.evidence.found == 0
}

test_weak_evidence_fails if {
	failure := rule.fail with input as given.image({"base": {"parent": {"confidence": 0.3}}})
	failure.message == "The parent is probably registry.example.com/base/static:12, with a confidence of 30.0 %; 50.0 % is required."
}

test_scratch_does_not_apply if rule.not_applicable with input as given.image({"base": {"class": "scratch"}})

test_gap_is_unknown if {
	image := object.union(given.missing("base.lineage"), {"base": {"root": null, "parent": null, "lineage": []}})
	given.outcome("TARE-BASE-003", image).outcome == "unknown"
}

test_root_base_does_not_apply if {
	image := given.image({
		"base": {"root": null, "parent": null, "lineage": [], "annotated": null, "boundaries": [], "knownAsBase": ["images"]},
		"layerCount": 1,
	})
	startswith(rule.not_applicable, "The image is a base itself: others are built on it") with input as image
}
