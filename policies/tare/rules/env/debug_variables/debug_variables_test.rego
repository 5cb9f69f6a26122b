package tare.tests.env.debug_variables_test

import data.tare.lib.image_test as given
import data.tare.rules.env.debug_variables as rule

with_env(name, value) := given.image({"image": {"config": {"env": [{"name": name, "value": value}]}}})

test_production_passes if {
	not rule.fail with input as with_env("NODE_ENV", "production")
	not rule.fail with input as with_env("DEBUG", "false")
	not rule.fail with input as with_env("DEBUG", null)
}

test_development_fails if {
	rule.fail.message == "Set: NODE_ENV=Development." with input as with_env("NODE_ENV", "Development")
	rule.fail with input as with_env("JAVA_TOOL_OPTIONS", "-agentlib:jdwp=transport=dt_socket,address=*:5005")
}
