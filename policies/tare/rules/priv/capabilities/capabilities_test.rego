package tare.tests.priv.capabilities_test

import data.tare.lib.image_test as given
import data.tare.rules.priv.capabilities as rule

with_capability(name) := given.image({"privileged": [{"path": "/usr/bin/x", "mode": "0755", "capabilities": [name], "layer": 0, "inBase": true}]})

test_usual_ones_pass if {
	not rule.fail with input as with_capability("cap_net_raw+ep")
	not rule.fail with input as with_capability("cap_net_bind_service=ep")
}

test_others_fail if {
	rule.fail.message == "Program /usr/bin/x has cap_sys_admin+ep, brought by the base." with input as with_capability("cap_sys_admin+ep")
}

test_listed_program_passes if {
	not rule.fail with input as with_capability("cap_sys_admin")
		with data.tare.settings.defaults.rules["TARE-PRIV-002"].paths as ["/usr/bin/x"]
}

test_gap_is_unknown if given.outcome("TARE-PRIV-002", given.missing("privileged")).outcome == "unknown"
