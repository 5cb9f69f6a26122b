package tare.tests.env.sdk_test

import data.tare.lib.image_test as given
import data.tare.rules.env.sdk as rule

test_runtime_passes if not rule.fail with input as given.image({"tools": [given.tool("java", "runtime")]})

test_compiler_that_is_the_application_passes if {
	not rule.fail with input as given.image({"tools": [object.union(given.tool("go", "compiler-build"), {"usedByEntrypoint": true})]})
}

test_kit_fails if rule.fail.message == "Holds: Java development kit." with input as given.image({"tools": [given.tool("javac", "compiler-build")]})

test_gap_is_unknown if given.outcome("TARE-ENV-005", given.missing("tools")).outcome == "unknown"
