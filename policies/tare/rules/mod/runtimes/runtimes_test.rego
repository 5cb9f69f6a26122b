package tare.tests.mod.runtimes_test

import data.tare.lib.image_test as given
import data.tare.rules.mod.runtimes as rule

holding(names) := given.image({"tools": [object.union(given.tool(name, "runtime"), {"inBase": false}) | some name in names]})

test_versions_of_one_language_pass if not rule.fail with input as holding(["python3", "python3.12", "awk"])

test_perl_of_the_base_passes if {
	not rule.fail with input as given.image({"tools": [given.tool("perl", "runtime"), given.tool("java", "runtime")]})
}

test_two_languages_fail if {
	rule.fail.message == "2 language runtimes (node, perl), and at most 1 is allowed." with input as holding(["node", "perl5.36"])
}

test_gap_is_unknown if given.outcome("TARE-MOD-003", given.missing("tools")).outcome == "unknown"
