package tare.tests.tool.editor_test

import data.tare.lib.image_test as given
import data.tare.rules.tool.editor as rule

test_tool_of_the_category_fails if {
	failure := rule.fail with input as given.image({"tools": [given.tool("x", "editor")]})
	failure.message == "1 editor: /usr/bin/x, brought by the base."
}

test_pager_is_called_one if {
	pager := given.tool("more", "pager")
	rule.fail.message == "1 pager: /usr/bin/more, brought by the base." with input as given.image({"tools": [pager]})
	rule.fail.message == "2 editors and pagers: /usr/bin/vi, /usr/bin/more, brought by the base."
		with input as given.image({"tools": [given.tool("vi", "editor"), pager]})
}

test_tool_of_another_category_passes if {
	not rule.fail with input as given.image({"tools": [given.tool("x", "archive")]})
}

test_allowed_name_passes if {
	not rule.fail with input as given.image({"tools": [given.tool("x", "editor")]})
		with data.tare.settings.defaults.rules["TARE-TOOL-010"].allowed as ["x"]
}

test_unread_tools_are_unknown if given.outcome("TARE-TOOL-010", given.missing("tools")).outcome == "unknown"
