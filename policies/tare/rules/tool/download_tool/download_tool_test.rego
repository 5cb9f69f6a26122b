package tare.tests.tool.download_tool_test

import data.tare.lib.image_test as given
import data.tare.rules.tool.download_tool as rule

test_tool_of_the_category_fails if {
	failure := rule.fail with input as given.image({"tools": [given.tool("x", "download")]})
	failure.message == "1 download tool: /usr/bin/x, brought by the base."
}

test_tool_of_another_category_passes if {
	not rule.fail with input as given.image({"tools": [given.tool("x", "archive")]})
}

test_allowed_name_passes if {
	not rule.fail with input as given.image({"tools": [given.tool("x", "download")]})
		with data.tare.settings.defaults.rules["TARE-TOOL-004"].allowed as ["x"]
}

test_unread_tools_are_unknown if given.outcome("TARE-TOOL-004", given.missing("tools")).outcome == "unknown"
