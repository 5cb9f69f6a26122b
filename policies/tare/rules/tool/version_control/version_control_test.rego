package tare.tests.tool.version_control_test

import data.tare.lib.image_test as given
import data.tare.rules.tool.version_control as rule

test_tool_of_the_category_fails if {
	failure := rule.fail with input as given.image({"tools": [given.tool("x", "version-control")]})
	failure.message == "1 version control tool: /usr/bin/x, brought by the base."
}

test_tool_of_another_category_passes if {
	not rule.fail with input as given.image({"tools": [given.tool("x", "archive")]})
}

test_allowed_name_passes if {
	not rule.fail with input as given.image({"tools": [given.tool("x", "version-control")]})
		with data.tare.settings.defaults.rules["TARE-TOOL-009"].allowed as ["x"]
}

test_unread_tools_are_unknown if given.outcome("TARE-TOOL-009", given.missing("tools")).outcome == "unknown"
