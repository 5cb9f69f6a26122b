package tare.tests.start.missing_command_test

import data.tare.lib.image_test as given
import data.tare.rules.start.missing_command as rule

app := {"command": "/usr/bin/nginx", "by": null, "path": "/usr/bin/nginx", "exists": true, "executable": true, "elsewhere": []}

missing := {"path": null, "exists": false, "executable": null}

starting(changes) := given.image({"start": [object.union(app, changes)]})

test_command_that_is_there_passes if given.outcome("TARE-START-001", given.clean).outcome == "pass"

test_missing_path_fails if {
	rule.fail.message == "The image starts /usr/bin/nginx, which does not exist in it." with input as starting(missing)
	rule.fail.message == "The image starts /usr/bin/nginx, which does not exist in it; it has /usr/sbin/nginx."
		with input as starting(object.union(missing, {"elsewhere": ["/usr/sbin/nginx"]}))
}

test_missing_name_fails if {
	name := object.union(missing, {"command": "nginx"})
	rule.fail.message == "The image starts nginx, which is in no directory of PATH." with input as starting(name)
	rule.fail.message == "The image starts nginx, which is in no directory of PATH; it has /opt/nginx."
		with input as starting(object.union(name, {"elsewhere": ["/opt/nginx"]}))
}

test_file_that_nobody_may_execute_fails if {
	rule.fail.message == "The image starts /usr/bin/nginx, which is there but is no file that may be executed."
		with input as starting({"executable": false})
}

test_what_it_starts_in_turn_fails if {
	failure := rule.fail with input as given.image({"start": [
		object.union(app, {"command": "tini", "path": "/usr/bin/tini"}),
		object.union(app, object.union(missing, {"by": "tini"})),
	]})
	failure.message == "The image, by tini, starts /usr/bin/nginx, which does not exist in it."
	failure.evidence.identity == {"/usr/bin/nginx"}
}

test_command_that_is_mounted_passes if {
	not rule.fail with input as starting(missing)
		with data.tare.settings.defaults.rules["TARE-START-001"].allowed as ["/usr/bin/nginx"]
}

test_no_command_does_not_apply if given.outcome("TARE-START-001", given.image({"start": []})).outcome == "not-applicable"

test_windows_does_not_apply if {
	image := object.union(starting(missing), {"image": {"platform": {"os": "windows"}}})
	given.outcome("TARE-START-001", image).outcome == "not-applicable"
}

test_what_is_not_known_is_unknown if {
	rule.unknown == "Whether the image holds /usr/bin/nginx is not known." with input as starting({"exists": null, "executable": null})
	rule.unknown with input as starting({"executable": null})
	not rule.unknown with input as given.clean
}

test_gap_is_unknown if {
	image := object.union(starting({"path": null, "exists": null, "executable": null}), {"gaps": [given.gap("start")]})
	given.outcome("TARE-START-001", image).outcome == "unknown"
	given.outcome("TARE-START-001", given.missing("layers")).outcome == "unknown"
}
