package tare.tests.tool.shell_test

import data.tare.lib.image_test as given
import data.tare.rules.tool.shell as rule

with_tools(tools) := given.image({"tools": tools})

test_shell_fails if {
	failure := rule.fail with input as with_tools([given.tool("bash", "shell"), given.tool("curl", "download")])
	failure.message == "1 shell: /usr/bin/bash, brought by the base."
	failure.evidence.found == 1
	failure.evidence.origin == "base"
	failure.evidence.identity == {"bash"}
	failure.evidence.items[0].path == "/usr/bin/bash"
}

test_applet_is_shown_with_its_binary if {
	failure := rule.fail with input as with_tools([object.union(given.tool("sh", "shell"), {
		"kind": "applet",
		"via": "/bin/busybox",
		"inBase": false,
	})])
	failure.message == "1 shell: sh (/bin/busybox), added above the base."
}

test_other_tools_pass if not rule.fail with input as with_tools([given.tool("curl", "download")])

test_allowed_name_passes if {
	not rule.fail with input as with_tools([given.tool("bash", "shell")])
		with data.tare.settings.defaults.rules["TARE-TOOL-001"].allowed as ["bash"]
}

test_shell_of_the_entrypoint_passes_where_settings_say_so if {
	used := [object.union(given.tool("bash", "shell"), {"usedByEntrypoint": true})]
	rule.fail with input as with_tools(used)
	not rule.fail with input as with_tools(used)
		with data.tare.settings.defaults.rules["TARE-TOOL-001"].allowUsedByEntrypoint as true
}
