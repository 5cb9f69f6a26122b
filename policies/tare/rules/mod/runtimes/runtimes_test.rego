package tare.tests.mod.runtimes_test

import data.tare.lib.image_test as given
import data.tare.rules.mod.runtimes as rule

holding(names) := given.image({"tools": [object.union(given.tool(name, "runtime"), {"inBase": false}) | some name in names]})

test_versions_of_one_language_pass if not rule.fail with input as holding(["python3", "python3.12", "awk"])

test_perl_of_the_base_passes if {
	inherited := given.image({"tools": [given.tool("perl", "runtime"), given.tool("java", "runtime")]})
	not rule.fail with input as inherited
	not rule.unknown with input as inherited
}

test_two_languages_fail if {
	rule.fail.message == "2 language runtimes (node, perl); the limit is 1." with input as holding(["node", "perl5.36"])
}

test_gap_is_unknown if given.outcome("TARE-MOD-003", given.missing("tools")).outcome == "unknown"

test_perl_of_an_unknown_base_is_unknown if {
	tools := {"tools": [
		object.union(given.tool("perl", "runtime"), {"inBase": null}),
		object.union(given.tool("java", "runtime"), {"inBase": false}),
	]}
	not rule.fail with input as given.image(tools)
	rule.unknown == "No ancestor of the image is known, so whether perl came with the base is not known either."
		with input as given.image(tools)
}
