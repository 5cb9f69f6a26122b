package tare.tests.tool.remote_access_test

import data.tare.lib.image_test as given
import data.tare.rules.tool.remote_access as rule

test_tool_of_the_category_fails if {
	failure := rule.fail with input as given.image({"tools": [given.tool("x", "remote-access")]})
	failure.message == "1 remote access tool: /usr/bin/x, brought by the base."
}

test_tool_of_another_category_passes if {
	not rule.fail with input as given.image({"tools": [given.tool("x", "archive")]})
}

test_allowed_name_passes if {
	not rule.fail with input as given.image({"tools": [given.tool("x", "remote-access")]})
		with data.tare.settings.defaults.rules["TARE-TOOL-006"].allowed as ["x"]
}

test_unread_tools_are_unknown if given.outcome("TARE-TOOL-006", given.missing("tools")).outcome == "unknown"
