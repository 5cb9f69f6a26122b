package tare.tests.base.outdated_test

import data.tare.lib.image_test as given
import data.tare.rules.base.outdated as rule

lagging(days) := given.image({"base": {"outdated": {
	"known": true,
	"currentDigest": "sha256:2222222222222222222222222222222222222222222222222222222222222222",
	"lagDays": days,
}}})

test_current_base_passes if not rule.fail with input as given.clean

test_a_little_behind_passes if not rule.fail with input as lagging(30)

test_far_behind_fails if {
	rule.fail.message == "The tag registry.example.com/base/static:12 moved on 31 days ago; the limit is 30." with input as lagging(31)
}

test_unknown_lag_fails if {
	rule.fail.message == "The tag registry.example.com/base/static:12 has moved on; when is not known." with input as lagging(null)
}

test_not_looked_up_is_unknown if rule.unknown with input as given.image({"base": {"outdated": {"known": false}}})

test_scratch_does_not_apply if rule.not_applicable with input as given.image({"base": {"class": "scratch"}})

test_unknown_build_of_the_base_is_unknown if {
	some digests in [{"parent": {"digest": null}}, {"outdated": {"currentDigest": null}}]
	changed := object.union(lagging(31), {"base": digests})
	rule.unknown with input as changed
	not rule.fail with input as changed
}

test_root_base_does_not_apply if {
	image := given.image({
		"base": {"root": null, "parent": null, "lineage": [], "annotated": null, "boundaries": [], "knownAsBase": ["images"]},
		"layerCount": 1,
	})
	startswith(rule.not_applicable, "The image is a base itself: others are built on it") with input as image
}
