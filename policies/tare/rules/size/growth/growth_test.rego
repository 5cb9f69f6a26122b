package tare.tests.size.growth_test

import data.tare.lib.image_test as given
import data.tare.rules.size.growth as rule

after(bytes) := given.image({"size": {"previous": {"reference": "team/app:1.1", "compressed": bytes}}})

test_smaller_passes if not rule.fail with input as after(30000000)

test_a_little_more_passes if not rule.fail with input as after(20000000)

test_few_bytes_pass if not rule.fail with input as after(15000000)

test_much_more_fails if {
	rule.fail.message == "14.0 MB (140 %) more than team/app:1.1; the limit is 25 %." with input as after(10000000)
}

test_first_build_is_unknown if rule.unknown with input as given.image({"size": {"previous": null}})
