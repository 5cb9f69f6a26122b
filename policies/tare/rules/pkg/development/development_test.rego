package tare.tests.pkg.development_test

import data.tare.lib.image_test as given
import data.tare.rules.pkg.development as rule

holding(names) := given.image({"packages": {"items": [given.installed(name) | some name in names]}})

test_libraries_pass if not rule.fail with input as holding(["libssl3", "libdevmapper1.02.1"])

test_headers_fail if {
	rule.fail.message == "2 development packages: build-essential, libssl-dev, added above the base." with input as holding(["libssl-dev", "build-essential"])
}

test_names_of_other_languages_are_not_judged if {
	not rule.fail with input as given.image({"packages": {"items": [object.union(given.installed("webpack-dev"), {"type": "npm"})]}})
}

test_gap_is_unknown if given.outcome("TARE-PKG-004", given.missing("packages")).outcome == "unknown"
