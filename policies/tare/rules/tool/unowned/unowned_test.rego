package tare.tests.tool.unowned_test

import data.tare.lib.image_test as given
import data.tare.rules.tool.unowned as rule

copied(changes) := given.image({"tools": [object.union_n([
	given.tool("curl", "download"),
	{"owned": false, "package": null, "inBase": false},
	changes,
])]})

test_owned_tool_passes if not rule.fail with input as copied({"owned": true})

test_application_itself_passes if not rule.fail with input as copied({"usedByEntrypoint": true})

test_ownership_that_is_not_known_is_unknown if {
	not rule.fail with input as copied({"owned": null})
	rule.unknown == "Whether a package owns /usr/bin/curl is not known." with input as copied({"owned": null})
}

test_copied_tool_fails if rule.fail.message == "1 unowned tool: /usr/bin/curl, added above the base." with input as copied({})

test_without_a_database_it_does_not_apply if rule.not_applicable with input as object.union(copied({}), {"packages": {"managers": []}})

test_gap_is_unknown if given.outcome("TARE-TOOL-015", given.missing("packages")).outcome == "unknown"
