package tare.tests.cve.high_test

import data.tare.lib.image_test as given
import data.tare.rules.cve.high as rule

counting(n) := given.image({"vulnerabilities": {"counts": {"high": n}, "inBase": {"high": 1}}})

test_none_passes if not rule.fail with input as given.clean

test_some_fail if rule.fail.message == "2 of severity high, 1 of them from the base; the limit is 0." with input as counting(2)

test_without_a_split_by_base if {
	rule.fail.message == "2 of severity high; the limit is 0." with input as given.image({"vulnerabilities": {"counts": {"high": 2}}})
}

test_no_scan_is_unknown if {
	given.outcome("TARE-CVE-002", given.image({"vulnerabilities": {"known": false}})).message == "Nothing is known of vulnerabilities."
	given.outcome("TARE-CVE-002", given.missing("vulnerabilities")).outcome == "unknown"
}

test_unknown_severity_is_unknown if {
	ungraded := given.image({"vulnerabilities": {"counts": {"unknown": 2}}})
	given.outcome("TARE-CVE-002", ungraded).message == "2 vulnerabilities have no known severity."
	given.outcome("TARE-CVE-002", given.image({"vulnerabilities": {"counts": {"high": 1, "unknown": 2}}})).outcome == "fail"
}
