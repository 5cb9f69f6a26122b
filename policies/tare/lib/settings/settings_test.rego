package tare.lib.settings_test

import data.tare.lib.image_test as given
import data.tare.lib.settings

test_profile_lies_over_defaults if {
	settings.of("TARE-LAYER-001").max == 3 with input as given.clean
		with data.tare.settings as {"defaults": {"rules": {"TARE-LAYER-001": {"max": 2}}}, "profiles": {"prod": {"rules": {"TARE-LAYER-001": {"max": 3}}}}}
}

test_merged_settings_need_no_profiles if {
	settings.of("TARE-LAYER-001").max == 2 with input as given.clean
		with data.tare.settings as {"defaults": {"rules": {"TARE-LAYER-001": {"max": 2}}}}
}

test_rule_without_settings_is_enabled if settings.enabled("OTHER-001") with input as given.clean

test_disabled_rule if {
	not settings.enabled("X") with input as given.clean
		with data.tare.settings as {"defaults": {"rules": {"X": {"enabled": false}}}}
}
