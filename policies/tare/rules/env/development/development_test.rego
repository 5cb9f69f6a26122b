package tare.tests.env.development_test

import data.tare.lib.image_test as given
import data.tare.rules.env.development as rule

tagged(tags) := given.image({"image": {"tags": tags}})

test_version_passes if not rule.fail with input as tagged(["1.2", "latest", "devops-1"])

test_one_of_several_passes if not rule.fail with input as tagged(["1.2", "1.2-dev"])

test_development_tags_fail if {
	rule.fail.message == "Tagged 1.2-SNAPSHOT, 1.2-dev." with input as tagged(["1.2-dev", "1.2-SNAPSHOT"])
		with data.tare.settings.defaults.rules["TARE-ENV-001"].words as ["dev", "snapshot"]
}

test_no_tag_does_not_apply if rule.not_applicable with input as tagged([])
