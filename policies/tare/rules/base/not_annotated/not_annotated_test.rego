package tare.tests.base.not_annotated_test

import data.tare.lib.image_test as given
import data.tare.rules.base.not_annotated as rule

annotated(value) := given.image({"base": {"annotated": value}})

test_name_and_digest_pass if not rule.fail with input as given.clean

test_nothing_fails if {
	rule.fail.evidence.identity == ["org.opencontainers.image.base.digest", "org.opencontainers.image.base.name"] with input as annotated(null)
}

test_name_alone_fails if {
	rule.fail.message == "Missing: org.opencontainers.image.base.digest." with input as annotated({"name": "debian:12", "digest": null})
}

test_scratch_does_not_apply if rule.not_applicable with input as given.image({"base": {"class": "scratch"}})

test_root_base_does_not_apply if {
	image := given.image({
		"base": {"root": null, "parent": null, "lineage": [], "annotated": null, "boundaries": [], "knownAsBase": ["images"]},
		"layerCount": 1,
	})
	startswith(rule.not_applicable, "The image is a base itself: others are built on it") with input as image
}
