package tare.tests.base.deep_chain_test

import data.tare.lib.image_test as given
import data.tare.rules.base.deep_chain as rule

standing_on(levels) := given.image({"base": {"lineage": [ancestor |
	some n in numbers.range(1, levels)
	ancestor := object.union(given.clean.base.parent, {"layers": n})
]}})

test_at_the_limit_passes if not rule.fail with input as standing_on(4)

test_deeper_fails if rule.fail.message == "Built on a chain of 5 images; the limit is 4." with input as standing_on(5)

test_no_known_base_is_unknown if rule.unknown with input as given.image({"base": {"root": null, "parent": null, "lineage": []}})

test_scratch_does_not_apply if rule.not_applicable with input as given.image({"base": {"class": "scratch"}})

test_root_base_does_not_apply if {
	image := given.image({
		"base": {"root": null, "parent": null, "lineage": [], "annotated": null, "boundaries": [], "knownAsBase": ["images"]},
		"layerCount": 1,
	})
	startswith(rule.not_applicable, "The image is a base itself: others are built on it") with input as image
}
