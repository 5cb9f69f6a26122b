package tare.tests.layer.deleted_later_test

import data.tare.lib.image_test as given
import data.tare.rules.layer.deleted_later as rule

hiding(bytes) := given.image({"layers": [object.union(given.clean.layers[0], {"hiddenBytes": bytes}), given.clean.layers[1]]})

test_a_little_passes if not rule.fail with input as hiding(2000000)

test_more_fails if {
	failure := rule.fail with input as hiding(21000000)
	failure.message == "21.0 MB are deleted or replaced by later layers, in 1 layer; the limit is 2.00 MB."
	failure.evidence.origin == "base"
}

test_unread_layer_is_unknown if given.outcome("TARE-LAYER-004", given.missing("layers")).outcome == "unknown"
