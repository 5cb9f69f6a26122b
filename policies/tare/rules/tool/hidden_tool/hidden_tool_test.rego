package tare.tests.tool.hidden_tool_test

import data.tare.lib.image_test as given
import data.tare.rules.tool.hidden_tool as rule

test_deleted_tool_fails if {
	failure := rule.fail with input as given.image({"hiddenTools": [given.tool("gcc", "compiler-build")]})
	failure.message == "1 hidden tool: /usr/bin/gcc, brought by the base."
}

test_replaced_tool_passes if {
	not rule.fail with input as given.image({
		"hiddenTools": [given.tool("curl", "download")],
		"tools": [given.tool("curl", "download")],
	})
}

test_harmless_category_passes if not rule.fail with input as given.image({"hiddenTools": [given.tool("tar", "archive")]})

test_unread_layer_is_unknown if given.outcome("TARE-TOOL-016", given.missing("layers")).outcome == "unknown"
