package tare.tests.pkg.denied_test

import data.tare.lib.image_test as given
import data.tare.rules.pkg.denied as rule

test_usual_package_passes if not rule.fail with input as given.clean

test_denied_package_fails if {
	rule.fail.message == "Installed: openssh-server, added above the base." with input as given.image({"packages": {"items": [given.installed("openssh-server")]}})
}

test_gap_is_unknown if given.outcome("TARE-PKG-002", given.missing("packages")).outcome == "unknown"
