package tare.tests.base.two_databases_test

import data.tare.lib.image_test as given
import data.tare.rules.base.two_databases as rule

test_one_passes if not rule.fail with input as given.clean

test_language_packages_do_not_count if not rule.fail with input as given.image({"packages": {"managers": ["dpkg", "npm", "pypi"]}})

test_two_fail if {
	rule.fail.message == "Package databases of apk and dpkg are in one image." with input as given.image({"packages": {"managers": ["dpkg", "apk"]}})
}

test_gap_is_unknown if given.outcome("TARE-BASE-008", given.missing("packages")).outcome == "unknown"
