package tare.tests.priv.empty_password_test

import data.tare.lib.image_test as given
import data.tare.rules.priv.empty_password as rule

with_root(empty) := given.image({"accounts": {"users": [{
	"name": "root",
	"uid": 0,
	"gid": 0,
	"shell": "/bin/sh",
	"login": true,
	"passwordEmpty": empty,
}]}})

test_locked_account_passes if given.outcome("TARE-PRIV-004", with_root(false)).outcome == "pass"

test_empty_password_fails if {
	rule.fail.message == "1 account without a password: root." with input as with_root(true)
	rule.fail.evidence.identity == {"root"} with input as with_root(true)
}

test_allowed_account_passes if {
	not rule.fail with input as with_root(true) with data.tare.settings.defaults.rules["TARE-PRIV-004"].allowed as ["root"]
}

test_unread_shadow_is_unknown if {
	given.outcome("TARE-PRIV-004", with_root(null)).message == "What etc/shadow says of passwords is not known."
}

test_gap_is_unknown if given.outcome("TARE-PRIV-004", given.missing("accounts")).outcome == "unknown"
