package tare.tests.tool.applet_test

import data.tare.lib.image_test as given
import data.tare.rules.tool.applet as rule

applet(name) := object.union(given.tool(name, "download"), {"kind": "applet", "via": "/bin/busybox"})

test_other_applets_pass if not rule.fail with input as given.image({"tools": [applet("awk")]})

test_program_of_its_own_is_not_judged_here if not rule.fail with input as given.image({"tools": [given.tool("wget", "download")]})

test_banned_applets_fail if {
	failure := rule.fail with input as given.image({"tools": [applet("wget"), applet("nc"), object.union(applet("httpd"), {"via": null})]})
	failure.message == "Can run httpd, nc, wget, through /bin/busybox, /usr/bin/httpd, brought by the base."
	failure.evidence.identity == {"httpd", "nc", "wget"}
}

test_gap_is_unknown if given.outcome("TARE-TOOL-014", given.missing("tools")).outcome == "unknown"
