package tare.tests.layer.too_many_layers_test

import data.tare.lib.image_test as given
import data.tare.rules.layer.too_many_layers as rule

test_at_the_limit_passes if {
	not rule.fail with input as given.image({"layerCount": 20})
	rule.pass == "20 layers; the limit is 20." with input as given.image({"layerCount": 20})
}

test_over_the_limit_fails if {
	failure := rule.fail with input as given.image({"layerCount": 21})
	failure.message == "21 layers, 1 of them from the base; the limit is 20."
	failure.evidence == {"found": 21, "allowed": 20, "inBase": 1}
}

test_layers_of_an_unknown_base_are_not_counted_as_own if {
	unplaced := [object.union(layer, {"inBase": null}) | some layer in given.clean.layers]
	failure := rule.fail with input as given.image({"layerCount": 21, "layers": unplaced})
	failure.message == "21 layers; the limit is 20."
	failure.evidence == {"found": 21, "allowed": 20, "inBase": null}
}
