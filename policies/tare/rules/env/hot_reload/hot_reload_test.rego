package tare.tests.env.hot_reload_test

import data.tare.lib.image_test as given
import data.tare.rules.env.hot_reload as rule

starting(entrypoint, cmd) := given.image({"image": {"config": {"entrypoint": entrypoint, "cmd": cmd}}})

test_application_passes if not rule.fail with input as starting(["/app/gin-server"], ["--watchdog"])

test_reloaders_fail if {
	rule.fail.message == "Starts with nodemon." with input as starting(["/usr/bin/nodemon"], ["app.js"])
	rule.fail.message == "Starts with --reload." with input as starting(["uvicorn"], ["app:app", "--reload"])
	rule.fail.message == "Starts with npm run dev." with input as starting([], ["sh", "-c", "npm run dev"])
}
