package tare.tests.tool.privilege_change_test

import data.tare.lib.image_test as given
import data.tare.rules.tool.privilege_change as rule

test_tool_of_the_category_fails if {
	failure := rule.fail with input as given.image({"tools": [given.tool("x", "privilege")]})
	failure.message == "1 privilege tool: /usr/bin/x, brought by the base."
}

test_tool_of_another_category_passes if {
	not rule.fail with input as given.image({"tools": [given.tool("x", "archive")]})
}

test_allowed_name_passes if {
	not rule.fail with input as given.image({"tools": [given.tool("x", "privilege")]})
		with data.tare.settings.defaults.rules["TARE-TOOL-013"].allowed as ["x"]
}

test_unread_tools_are_unknown if given.outcome("TARE-TOOL-013", given.missing("tools")).outcome == "unknown"
