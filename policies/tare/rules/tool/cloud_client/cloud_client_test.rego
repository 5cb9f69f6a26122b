package tare.tests.tool.cloud_client_test

import data.tare.lib.image_test as given
import data.tare.rules.tool.cloud_client as rule

test_tool_of_the_category_fails if {
	failure := rule.fail with input as given.image({"tools": [given.tool("x", "cloud")]})
	failure.message == "1 cloud tool: /usr/bin/x, brought by the base."
}

test_tool_of_another_category_passes if {
	not rule.fail with input as given.image({"tools": [given.tool("x", "archive")]})
}

test_allowed_name_passes if {
	not rule.fail with input as given.image({"tools": [given.tool("x", "cloud")]})
		with data.tare.settings.defaults.rules["TARE-TOOL-012"].allowed as ["x"]
}

test_what_the_image_is_started_for_passes if {
	not rule.fail with input as given.image({"tools": [object.union(given.tool("x", "cloud"), {"usedByEntrypoint": true})]})
}

test_unread_tools_are_unknown if given.outcome("TARE-TOOL-012", given.missing("tools")).outcome == "unknown"
