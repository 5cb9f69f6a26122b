package tare.tests.layer.no_stages_test

import data.tare.lib.image_test as given
import data.tare.rules.layer.no_stages as rule

cache := {"kind": "jvm-cache", "path": "/root/.m2/repository", "bytes": 90000000, "files": 800, "hiddenBytes": 0, "inBase": false}

test_toolchain_alone_passes if not rule.fail with input as given.image({"tools": [given.tool("gcc", "compiler-build")]})

test_inputs_alone_pass if not rule.fail with input as given.image({"leftovers": [cache]})

test_inputs_of_the_base_pass if {
	not rule.fail
		with input as given.image({"tools": [given.tool("gcc", "compiler-build")], "leftovers": [object.union(cache, {"inBase": true})]})
}

test_both_fail if {
	rule.fail.message == "Build tools (javac) and 90.0 MB of what they worked on (/root/.m2/repository) are in the image."
		with input as given.image({"tools": [given.tool("javac", "compiler-build")], "leftovers": [cache]})
}

test_gap_is_unknown if given.outcome("TARE-LAYER-006", given.missing("tools")).outcome == "unknown"

test_inputs_of_an_unknown_base_are_unknown if {
	unplaced := {"tools": [given.tool("gcc", "compiler-build")], "leftovers": [object.union(cache, {"inBase": null})]}
	not rule.fail with input as given.image(unplaced)
	rule.unknown with input as given.image(unplaced)
}
