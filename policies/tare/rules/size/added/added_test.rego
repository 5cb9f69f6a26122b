package tare.tests.size.added_test

import data.tare.lib.image_test as given
import data.tare.rules.size.added as rule

test_at_the_budget_passes if {
	not rule.fail with input as given.image({"size": {"addedOverBase": 150000000}})
	rule.pass == "12.0 MB were added over the base; the limit is 150 MB." with input as given.clean
}

test_over_the_budget_fails if rule.fail with input as given.image({"size": {"addedOverBase": 150000001}})

test_unknown_base_is_unknown if {
	image := given.image({"size": {"addedOverBase": null}, "base": {"root": null, "parent": null, "lineage": []}})
	rule.unknown == "No ancestor of the image is known, so what was added to it is not known either." with input as image
}

test_base_without_layers_is_named if {
	named := {"reference": "debian:bookworm", "layers": 0}
	image := given.image({"size": {"addedOverBase": null}, "base": {"root": null, "parent": named, "lineage": [named]}})
	text := "The layers of debian:bookworm are not known, so what was added to them is not known either."
	rule.unknown == text with input as image
}

test_scratch_does_not_apply if rule.not_applicable with input as given.image({"base": {"class": "scratch"}})

test_root_base_does_not_apply if {
	image := given.image({
		"base": {"root": null, "parent": null, "lineage": [], "annotated": null, "boundaries": [], "knownAsBase": ["images"]},
		"layerCount": 1,
	})
	startswith(rule.not_applicable, "The image is a base itself: others are built on it") with input as image
}
