package tare.tests.tool.shell_form_test

import data.tare.lib.image_test as given
import data.tare.rules.tool.shell_form as rule

config(changes) := given.image({"image": {"config": changes}})

test_exec_form_passes if not rule.fail with input as given.clean

test_shell_form_of_each_fails if {
	rule.fail.message == "Started through a shell: cmd, entrypoint, health check." with input as config({
		"entrypoint": ["/bin/sh", "-c", "exec app"],
		"cmd": ["/bin/bash", "-c", "x"],
		"healthcheck": ["CMD-SHELL", "curl -f localhost"],
	})
}

test_health_check_that_starts_a_shell_fails if {
	rule.fail with input as config({"healthcheck": ["CMD", "/bin/sh", "-c", "x"]})
}

test_shell_as_the_program_is_another_matter if not rule.fail with input as config({"cmd": ["/bin/bash"]})

test_no_command_passes if {
	not rule.fail with input as config({"entrypoint": [], "cmd": [], "healthcheck": null})
}

test_windows_is_not_judged if rule.not_applicable with input as given.image({"image": {"platform": {"os": "windows"}}})
