package tare.tests.state.volume_test

import data.tare.lib.image_test as given
import data.tare.rules.state.volume as rule

declaring(volumes) := given.image({"image": {"config": {"volumes": volumes}}})

test_none_passes if not rule.fail with input as given.clean

test_volume_fails if rule.fail.message == "Declares /data." with input as declaring(["/data"])

test_allowed_volume_passes if {
	not rule.fail with input as declaring(["/data"])
		with data.tare.settings.defaults.rules["TARE-STATE-002"].allowed as ["/data"]
}
