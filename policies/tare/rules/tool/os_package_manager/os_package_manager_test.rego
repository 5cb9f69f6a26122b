package tare.tests.tool.os_package_manager_test

import data.tare.lib.image_test as given
import data.tare.rules.tool.os_package_manager as rule

test_tool_of_the_category_fails if {
	failure := rule.fail with input as given.image({"tools": [given.tool("x", "os-package-manager")]})
	failure.message == "1 OS package manager: /usr/bin/x, brought by the base."
}

test_tool_of_another_category_passes if {
	not rule.fail with input as given.image({"tools": [given.tool("x", "archive")]})
}

test_allowed_name_passes if {
	not rule.fail with input as given.image({"tools": [given.tool("x", "os-package-manager")]})
		with data.tare.settings.defaults.rules["TARE-TOOL-002"].allowed as ["x"]
}

applet(managers) := given.image({
	"tools": [object.union(given.tool("dpkg", "os-package-manager"), {"kind": "applet", "via": "/bin/busybox"})],
	"packages": {"managers": managers},
})

test_applet_that_needs_a_database_counts_with_it_only if {
	rule.fail.message == "1 OS package manager: dpkg (/bin/busybox), brought by the base." with input as applet(["dpkg"])
	not rule.fail with input as applet(["apk"])
}

test_applet_counts_where_the_databases_could_not_be_read if {
	rule.fail with input as object.union(applet([]), {"gaps": [given.gap("packages")]})
}

test_program_needs_no_database if {
	rule.fail with input as object.union(applet([]), {"tools": [given.tool("dpkg", "os-package-manager")]})
}

test_unread_tools_are_unknown if given.outcome("TARE-TOOL-002", given.missing("tools")).outcome == "unknown"
