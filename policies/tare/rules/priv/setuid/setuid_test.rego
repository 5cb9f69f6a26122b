package tare.tests.priv.setuid_test

import data.tare.lib.image_test as given
import data.tare.rules.priv.setuid as rule

with_mode(mode) := given.image({"privileged": [{"path": "/usr/bin/su", "mode": mode, "capabilities": [], "layer": 0, "inBase": true}]})

test_none_passes if not rule.fail with input as given.clean

test_capabilities_and_sticky_bit_are_not_judged_here if {
	not rule.fail with input as with_mode("0755")
	not rule.fail with input as with_mode("1755")
}

test_setuid_and_setgid_fail if {
	rule.fail.message == "1 setuid or setgid program: /usr/bin/su, brought by the base." with input as with_mode("4755")
	rule.fail with input as with_mode("2755")
}

test_file_that_nobody_executes_passes if {
	not rule.fail with input as with_mode("4644")
	not rule.fail with input as with_mode("2745")
	rule.fail with input as with_mode("4711")
	rule.fail with input as with_mode("6744")
	rule.fail with input as with_mode("2710")
}

test_allowed_program_passes if {
	not rule.fail with input as with_mode("4755")
		with data.tare.settings.defaults.rules["TARE-PRIV-001"].allowed as ["/usr/bin/*"]
}

test_gap_is_unknown if given.outcome("TARE-PRIV-001", given.missing("privileged")).outcome == "unknown"
