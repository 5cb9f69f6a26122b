package tare.tests.cve.critical_test

import data.tare.lib.image_test as given
import data.tare.rules.cve.critical as rule

counting(n) := given.image({"vulnerabilities": {"counts": {"critical": n}, "inBase": {"critical": 1}}})

test_none_passes if not rule.fail with input as given.clean

test_some_fail if rule.fail.message == "2 of severity critical, 1 of them from the base; the limit is 0." with input as counting(2)

test_without_a_split_by_base if {
	rule.fail.message == "2 of severity critical; the limit is 0."
		with input as given.image({"vulnerabilities": {"counts": {"critical": 2}}})
}

test_no_scan_is_unknown if {
	given.outcome("TARE-CVE-001", given.image({"vulnerabilities": {"known": false}})).message == "Nothing is known of vulnerabilities."
	given.outcome("TARE-CVE-001", given.missing("vulnerabilities")).outcome == "unknown"
}

test_unknown_severity_is_unknown if {
	ungraded := given.image({"vulnerabilities": {"counts": {"unknown": 2}}})
	given.outcome("TARE-CVE-001", ungraded).message == "2 vulnerabilities have no known severity."
	given.outcome("TARE-CVE-001", given.image({"vulnerabilities": {"counts": {"critical": 1, "unknown": 2}}})).outcome == "fail"
}
