package tare.tests.prov.no_revision_test

import data.tare.lib.image_test as given
import data.tare.rules.prov.no_revision as rule

test_label_passes if not rule.fail with input as given.clean

test_annotation_passes if {
	not rule.fail with input as object.union(given.clean, {"image": object.union(given.clean.image, {"labels": {}, "annotations": {"org.opencontainers.image.revision": "1"}})})
}

test_empty_label_fails if rule.fail with input as given.image({"image": {"labels": {"org.opencontainers.image.revision": " "}}})
