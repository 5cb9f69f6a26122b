package tare.tests.user.environment_test

import data.tare.lib.image_test as given
import data.tare.rules.user.environment as rule

with_env(name, value) := given.image({"image": {"config": {"env": [{"name": name, "value": value}]}}})

test_usual_path_passes if {
	not rule.fail with input as given.clean
	not rule.fail with input as with_env("LD_LIBRARY_PATH", "/opt/lib:$ORIGIN")
	not rule.fail with input as with_env("LD_PRELOAD", "")
	not rule.fail with input as with_env("PATH", null)
	not rule.fail with input as with_env("OTHER", "a:b")
}

test_preloading_fails if rule.fail.message == "Variable LD_PRELOAD is set." with input as with_env("LD_PRELOAD", "/usr/lib/libjemalloc.so")

test_allowed_variable_passes if {
	not rule.fail with input as with_env("LD_PRELOAD", "/usr/lib/libjemalloc.so")
		with data.tare.settings.defaults.rules["TARE-USER-010"].allowed as ["LD_PRELOAD"]
}

test_relative_and_writable_entries_fail if {
	rule.fail.message == "Variable PATH has an empty entry, which is the current directory." with input as with_env("PATH", "/usr/bin:")
	rule.fail.message == "Variable PATH has the relative entry node_modules/.bin." with input as with_env("PATH", "node_modules/.bin:/usr/bin")
	rule.fail.message == "Variable PATH has the entry /tmp, which everybody may write to; PATH has the entry /tmp/bin, which everybody may write to."
		with input as with_env("PATH", "/tmp/bin:/tmp")
}
